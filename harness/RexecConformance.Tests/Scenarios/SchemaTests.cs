using System.Text.Json;
using NJsonSchema;
using YamlDotNet.Serialization;
using RexecConformance.Tests.Captures;

namespace RexecConformance.Tests.Scenarios;

/// <summary>The schemas for editors accept what the reader accepts, and reject what it rejects where a schema can.</summary>
[Trait("needs", "nothing")]
public sealed class SchemaTests
{
    private static readonly string s_folder = Path.Combine(CaptureFiles.Repository, "scenarios");

    [Theory]
    [InlineData("scenario", "cases")]
    [InlineData("scenario", "../pcaps")]
    [InlineData("dialect", "dialects")]
    [InlineData("requirements", "requirements.yaml")]
    public async Task Accepts_every_file_of_the_tree(string schemaName, string where)
    {
        JsonSchema schema = await SchemaAsync(schemaName);
        string path = Path.Combine(s_folder, where);
        string[] files = File.Exists(path) ? [path] : Directory.GetFiles(path, "*.yaml", SearchOption.AllDirectories);
        files = [.. files.Where(file => !where.EndsWith("pcaps", StringComparison.Ordinal) || file.Contains("/cases/", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Assert.Empty(schema.Validate(Json(await File.ReadAllTextAsync(file))).Select(e => $"{file}: {e}"));
        }
    }

    [Fact]
    public async Task Accepts_the_deviations_of_the_documentation()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(CaptureFiles.Repository, "docs", "deviations.md"));
        string example = page.Split("```yaml\n")[1].Split("```")[0];
        Assert.Empty((await SchemaAsync("deviations")).Validate(Json(example)).Select(e => $"{e}"));
    }

    [Theory]
    [InlineData("format: 1", "format: 2")]
    [InlineData("format: 1", "format: 1\ncolour: red")]
    [InlineData("id: a-case", "id: A_Case")]
    [InlineData("title: A case\n", "")]
    [InlineData("level: must", "level: sometimes")]
    [InlineData("requires: [status-byte]", "requires: []")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nnetwork: ipx")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\naux: shout")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [halves]")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"x\"\n  date: \"2026-11-20\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1FBB68CAB617\"\n  date: \"2026-11-20\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab6177\"\n  date: \"2026-11-20\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: []\n  date: \"2026-11-20\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"yesterday\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"2026-13-01\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"2026-1-1\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+0] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+007] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [username+9999999999] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [stdin] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port+0, then: [{ pause: 1s }] }] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port }] }]")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [{ after: port, then: [] }] }]")]
    [InlineData("  - port: \"0\"", "  - prot: \"0\"")]
    [InlineData("  - port: \"0\"", "  - pause: soon")]
    [InlineData("operation: write-out", "operation: dance")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - refused: tuesday")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - primary: { end: maybe }")]
    [InlineData("  - accepted: { stdout: \"out\\n\" }", "  - when: { colour: red }\n    accepted: {}")]
    public async Task Rejects_what_the_reader_rejects(string line, string instead)
    {
        JsonSchema schema = await SchemaAsync("scenario");
        Assert.Empty(schema.Validate(Json(Texts.Good)));
        string bad = Texts.Change(line, instead);
        Assert.NotEmpty(Texts.Read(bad).Problems);
        Assert.NotEmpty(schema.Validate(Json(bad)));
    }

    [Theory]
    [InlineData("requires: [status-byte]", "captured:\n  file: a.pcap\n  sha256: \"1fbb68cab617\"\n  date: \"2026-11-20\"\n  conversation: 1")]
    [InlineData("requires: [status-byte]", "requires: [status-byte]\nfragments: [{ captured: [port, port-nul, username+1, password+123456789, { after: command-nul, then: [{ pause: 1s }] }] }]")]
    public async Task Accepts_what_the_reader_accepts(string line, string instead)
    {
        string good = Texts.Change(line, instead);
        Assert.Empty(Texts.Read(good).Problems);
        Assert.Empty((await SchemaAsync("scenario")).Validate(Json(good)));
    }

    private static Task<JsonSchema> SchemaAsync(string name) => JsonSchema.FromFileAsync(Path.Combine(s_folder, "schema", name + ".schema.json"));

    // Plain scalars get their YAML types: 1 is a number for the schema.
    internal static string Json(string yaml) => JsonSerializer.Serialize(Node(
        new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object?>(yaml)));

    private static object? Node(object? value) => value switch
    {
        Dictionary<object, object?> map => map.ToDictionary(pair => $"{pair.Key}", pair => Node(pair.Value)),
        List<object?> list => list.ConvertAll(Node),
        _ => value,
    };
}
