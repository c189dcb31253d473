using System.Text.Json;
using NJsonSchema;
using RexecConformance.Authoring;
using RexecConformance.Tests.Captures;
using RexecConformance.Tests.Scenarios;

namespace RexecConformance.Tests.Authoring;

/// <summary>Every data file tells editors its schema, which is there, takes the file, and says what each key means.</summary>
[Trait("needs", "nothing")]
public sealed class SchemaLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-schema-").FullName;

    public static TheoryData<string> Schemas => [.. Directory.GetFiles(Path.Combine(CaptureFiles.Repository, "scenarios", "schema")).Select(file => Path.GetFileName(file).Split('.')[0])];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_file_has_it_and_is_taken()
    {
        string root = CaptureFiles.Repository;
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(root, "scenarios"), "*.yaml", SearchOption.AllDirectories),
            .. Directory.GetFiles(Path.Combine(root, "pcaps"), "*.yaml", SearchOption.AllDirectories).Where(file => file.Contains("/cases/", StringComparison.Ordinal)),
            .. Directory.GetFiles(Path.Combine(root, "docker"), "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is "target.yaml" or "deviations.yaml"),
        ];
        Assert.True(files.Length > 300);
        var schemas = new Dictionary<string, JsonSchema>();
        foreach (string file in files)
        {
            string text = await File.ReadAllTextAsync(file);
            Assert.True(text.StartsWith(SchemaLine.Beginning, StringComparison.Ordinal), file);
            string schema = Path.GetFullPath(text[SchemaLine.Beginning.Length..text.IndexOf('\n')], Path.GetDirectoryName(file)!);
            Assert.True(File.Exists(schema), $"{file}: {schema}");
            if (!schemas.TryGetValue(schema, out JsonSchema? read))
            {
                schemas[schema] = read = await JsonSchema.FromFileAsync(schema);
            }

            Assert.Empty(read.Validate(SchemaTests.Json(text)).Select(error => $"{file}: {error}"));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Each_key_is_described(string name)
    {
        using JsonDocument schema = JsonDocument.Parse(SchemaLine.Text(name));
        Assert.Empty(Undescribed(schema.RootElement, name));
    }

    [Theory]
    [InlineData("dialect", "format: 1\ndialect: a\ntitle: A\nsources: { s: x }\nproperties:\n  username-limit: { value: 3, basis: source, source: s, place: \"1\" }\ndiagnostics: {}\n", "value: 3", "value: many")]
    [InlineData("dialect", "format: 1\ndialect: a\ntitle: A\nsources: { s: x }\nproperties:\n  username-limit: { value: 3, basis: source, source: s, place: \"1\" }\ndiagnostics: {}\n", "username-limit", "usernam-limit")]
    [InlineData("dialect", "format: 1\ndialect: a\ntitle: A\nsources: { s: x }\nproperties:\n  username-limit: { value: 3, basis: source, source: s, place: \"1\" }\ndiagnostics: {}\n", "basis: source", "basis: heard")]
    [InlineData("target", "format: 1\ntarget: tcp:127.0.0.1:512\ndialect: debian\n", "target: tcp:127.0.0.1:512", "target: telnet:127.0.0.1:23")]
    [InlineData("target", "format: 1\ntarget: tcp:127.0.0.1:512\ndialect: debian\n", "dialect: debian\n", "")]
    [InlineData("target", "format: 1\ntarget: tcp:127.0.0.1:512\ndialect: debian\n", "dialect: debian\n", "dialect: debian\naccounts: { good: { name: a } }\n")]
    [InlineData("target", "format: 1\ntarget: tcp:127.0.0.1:512\ndialect: debian\n", "dialect: debian\n", "dialect: debian\nshell: csh\n")]
    [InlineData("target", "format: 1\ntarget: tcp:127.0.0.1:512\ndialect: debian\n", "dialect: debian\n", "dialect: debian\ncolour: red\n")]
    [InlineData("deviations", "format: 1\ndeviations: []\n", "[]", "[{ scenario: a }]")]
    [InlineData("requirements", "format: 1\ndocuments: {}\nrequirements: {}\n", "requirements: {}", "requirements: { a: { level: mst } }")]
    public async Task A_usual_mistake_is_seen(string name, string good, string part, string instead)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(SchemaLine.Text(name));
        Assert.Empty(schema.Validate(SchemaTests.Json(good)));
        Assert.Contains(part, good);
        Assert.NotEmpty(schema.Validate(SchemaTests.Json(good.Replace(part, instead))));
    }

    [Fact]
    public void A_file_far_from_the_suite_names_the_schema_beside_it()
    {
        var made = SchemaLine.Add(_folder, new Dictionary<string, string> { ["cases/a.yaml"] = "format: 1\n", ["accounts.yaml"] = "format: 1\n" });
        Assert.Equal(SchemaLine.Beginning + "../schema/scenario.schema.json\nformat: 1\n", made["cases/a.yaml"]);
        Assert.Equal("format: 1\n", made["accounts.yaml"]);
        Assert.Equal(SchemaLine.Text(SchemaLine.Scenario), made[Path.Combine("schema", "scenario.schema.json")]);
    }

    [Fact]
    public void A_file_in_the_suite_names_that_of_the_suite()
    {
        string pcap = Path.Combine(CaptureFiles.Repository, "pcaps", "a-new-one");
        var made = SchemaLine.Add(pcap, new Dictionary<string, string> { ["cases/a.yaml"] = "format: 1\n" });
        Assert.Equal(SchemaLine.Beginning + "../../../scenarios/schema/scenario.schema.json\nformat: 1\n", Assert.Single(made).Value);
        Assert.Equal("../../schema/scenario.schema.json", SchemaLine.PathFor(Path.Combine(CaptureFiles.Repository, "scenarios", "cases", "port", "a.yaml"), "scenario"));
    }

    private static IEnumerable<string> Undescribed(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().SelectMany((child, i) => Undescribed(child, $"{path}[{i}]"));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        // What stands under a condition repeats a key that is described elsewhere.
        IEnumerable<string> below = element.EnumerateObject().Where(one => one.Name is not ("if" or "then" or "else" or "dependencies" or "examples" or "not"))
            .SelectMany(one => Undescribed(one.Value, $"{path}/{one.Name}"));
        bool isKey = path.EndsWith("/properties", StringComparison.Ordinal) && !path.EndsWith("/properties/properties", StringComparison.Ordinal);
        return isKey ? below.Concat(element.EnumerateObject().Where(key => IsUndescribed(key.Value)).Select(key => $"{path}/{key.Name}")) : below;
    }

    // The one word that may stand for a whole list is told of where the list is.
    private static bool IsUndescribed(JsonElement key) => key.ValueKind == JsonValueKind.Object
        && !key.TryGetProperty("description", out _) && !key.TryGetProperty("$ref", out _)
        && !(key.TryGetProperty("enum", out JsonElement only) && only[0].ToString() == "undecided");
}
