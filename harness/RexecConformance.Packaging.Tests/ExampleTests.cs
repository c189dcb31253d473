using System.Xml.Linq;

namespace RexecConformance.Packaging.Tests;

/// <summary>The example as somebody else's project: its packages come from a folder, with no cache to help.</summary>
[Collection(nameof(Packed))]
public class ExampleTests(PackedSuite suite)
{
    [Fact]
    public async Task Rows_are_tests_of_their_own_green_for_a_right_server_and_red_for_a_faulty_one()
    {
        string folder = suite.Fresh("example");
        string source = Path.Combine(Repository.Folder, "examples", "OwnServer.Tests");
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        _ = FolderFeeds.Write(folder, suite.Feed, FolderFeeds.Cache);
        var environment = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = suite.Fresh("example-packages") };
        CommandResult built = await Command.RunAsync(folder, environment, Command.Dotnet, "build", "-nologo", "-v", "quiet");
        Assert.True(built.ExitCode == 0, built.All);

        IReadOnlyList<Row> right = await TestAsync(folder, environment, exitCode: 0);
        Assert.All(right, row => Assert.Matches("^[a-z0-9-]+#[a-z0-9-]+$", row.Name));
        Assert.Contains(right, row => row is { Name: "username-14#whole", Outcome: "Passed" });
        Assert.True(right.Count(row => row.Outcome == "Passed") >= 30, $"{right.Count(row => row.Outcome == "Passed")} rows are green");

        // The reason of a skipped row is told.
        Assert.All(right.Where(row => row.Outcome == "NotExecuted"), row => Assert.Matches("^(unsupported|blocked|xfail|unspecified): .", row.Message));

        environment["TINY_SERVER_FAULT"] = "no-newline";
        IReadOnlyList<Row> faulty = await TestAsync(folder, environment, exitCode: 1);
        Assert.Equal(right.Select(row => row.Name), faulty.Select(row => row.Name));
        Row red = Assert.Single(faulty, row => row.Name == "username-15#whole");
        Assert.Equal("Failed", red.Outcome);
        Assert.Contains("expected \"\\x01username too long\\n\"", red.Message, StringComparison.Ordinal);
        Assert.Contains("again: rexec-conformance run --target tcp:127.0.0.1:", red.Message, StringComparison.Ordinal);
        Assert.Contains(faulty, row => row is { Name: "success#whole", Outcome: "Passed" });
        Assert.All(faulty.Where(row => row.Outcome == "Failed"), row => Assert.DoesNotContain("secret", row.Message, StringComparison.Ordinal));

        // One row alone is found by its name, and a server that is not there is told once.
        IReadOnlyList<Row> one = await TestAsync(folder, environment, exitCode: 0, "--filter", "DisplayName=success#whole");
        Assert.Equal("success#whole", Assert.Single(one).Name);
        environment["TINY_SERVER_FAULT"] = "absent";
        IReadOnlyList<Row> absent = await TestAsync(folder, environment, exitCode: 1);
        Row told = Assert.Single(absent, row => row.Outcome == "Failed");
        Assert.Contains("refused", told.Message, StringComparison.OrdinalIgnoreCase);
        Assert.All(absent.Except([told]), row => Assert.StartsWith("not judged: ", row.Message, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Row>> TestAsync(string folder, IReadOnlyDictionary<string, string?> environment, int exitCode, params string[] more)
    {
        string results = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        CommandResult tested = await Command.RunAsync(
            folder, environment, [Command.Dotnet, "test", "--no-build", "--logger", "trx;LogFileName=rows.trx", "--results-directory", results, .. more]);
        Assert.True(tested.ExitCode == exitCode, tested.All);
        XDocument trx = XDocument.Load(Path.Combine(results, "rows.trx"));
        return
        [
            .. trx.Descendants().Where(element => element.Name.LocalName == "UnitTestResult")
                .Select(element => new Row(
                    element.Attribute("testName")!.Value,
                    element.Attribute("outcome")!.Value,
                    element.Descendants().FirstOrDefault(child => child.Name.LocalName == "Message")?.Value ?? ""))
                .OrderBy(row => row.Name, StringComparer.Ordinal),
        ];
    }

    private sealed record Row(string Name, string Outcome, string Message);
}
