using RexecConformance.Cli.Commands;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>A JSON result rendered again is what the run itself wrote, byte for byte.</summary>
[Trait("needs", "loopback")]
public sealed class ReportAgainTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-again-").FullName;

    public static TheoryData<string[]> Runs => new()
    {
        new[] { "run", "--target", "reference:debian", "--target", "reference:bsd44", "--dialect", "bsd44", "--id", "username-1*", "--id", "success*", "--capture", "FOLDER/captures" },
        new[] { "run", "--target", "reference:bsd44", "--id", "username*", "--shard", "1/2", "--show-passwords" },
        new[] { "compare", "--targets", "recorded:inetutils,recorded:debian-xinetd", "--id", "*pass*" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Each_kind_is_the_same(string[] arguments)
    {
        string[] kinds = [.. ReportKinds.All.Keys];
        await using CommandProcess command = CommandProcess.Start(
            [.. arguments.Select(argument => argument.Replace("FOLDER", _folder)), "--scenarios", Repository.Scenarios, .. kinds.SelectMany(kind => new[] { "--report", $"{kind}={First(kind)}" })]);
        CommandResult run = await command.EndAsync(TimeSpan.FromMinutes(4));
        Assert.True(run.ExitCode is 0 or 1, run.Errors);
        CommandResult again = await CommandProcess.RunAsync(["report", First("json"), .. kinds.SelectMany(kind => new[] { "--report", $"{kind}={Again(kind)}" })]);
        Assert.True(again.ExitCode == 0, again.Errors);
        foreach (string kind in kinds)
        {
            byte[] first = await File.ReadAllBytesAsync(First(kind));
            Assert.True(kind == "github" || first.Length > 100, kind);
            byte[] second = await File.ReadAllBytesAsync(Again(kind));
            Assert.True(first.SequenceEqual(second), $"{kind} is not the same");
        }

        if (arguments[0] == "run")
        {
            // The text too, but for the dialect of --verbose, what is slow, and captures.
            Assert.StartsWith(again.Output.TrimEnd(), run.Output.TrimEnd());
        }
    }

    [Theory]
    [InlineData("tap", "TAP version 14\n1..")]
    [InlineData("markdown", "## rexec conformance: ")]
    [InlineData("junit", "<?xml ")]
    public async Task A_report_on_standard_output_is_there_alone(string kind, string beginning)
    {
        Assert.Equal(0, (await CommandProcess.RunAsync("run", "--target", "reference:bsd44", "--id", "success*", "--scenarios", Repository.Scenarios, "--report", "json=" + First("json"))).ExitCode);
        CommandResult result = await CommandProcess.RunAsync("report", First("json"), "--report", kind + "=-");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(beginning, result.Output);
        Assert.Contains("nothing red in", result.Errors);
    }

    [Theory]
    [InlineData("--report is 'xml=a', expected json=FILE", "FILE", "--report", "xml=a")]
    [InlineData("--report: two reports go to the file", "FILE", "--report", "tap=FOLDER/a", "--report", "junit=FOLDER/a")]
    [InlineData("expected a 'start' record of format 1", "FOLDER/format")]
    [InlineData("the results hold a#whole on a as bsd44 twice", "FOLDER/same", "--compare")]
    [InlineData("its folder does not exist", "FILE", "--report", "tap=FOLDER/none/a")]
    [InlineData("--gate goes with --against OLD", "FILE", "--gate", "any")]
    [InlineData("'better'", "FILE", "--against", "FILE", "--gate", "better")]
    [InlineData("--compare and --against go one without the other", "FILE", "--against", "FILE", "--compare")]
    [InlineData("expected markdown=FILE or json=FILE", "FILE", "--against", "FILE", "--report", "tap=-")]
    [InlineData("none.json: can't be read: there is no such file", "FOLDER/none.json")]
    [InlineData("none.json: can't be read: there is no such file", "FILE", "--against", "FOLDER/none.json")]
    [InlineData("--against is empty, expected the path of a file", "FILE", "--against", "")]
    [InlineData("is empty", "FOLDER/empty")]
    [InlineData("text:1: is no", "FOLDER/text")]
    [InlineData("has no 'complete' record", "FOLDER/cut")]
    [InlineData("a second report begins here", "FOLDER/twice")]
    [InlineData("is a result of fuzz", "FILE", "--against", "FOLDER/fuzz")]
    [InlineData("is a result of fuzz, --report is for those of run, compare and merge", "FOLDER/fuzz", "--report", "tap=-")]
    public async Task What_cannot_be_done_is_said_in_one_line(string what, params string[] arguments)
    {
        string file = First("json");
        await File.WriteAllTextAsync(file, Whole);
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "text"), "no json\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "cut"), Whole[..(Whole.IndexOf('\n') + 1)]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "twice"), Whole + Whole);
        await File.WriteAllTextAsync(Path.Combine(_folder, "fuzz"), Whole.Replace("\"format\":1", "\"format\":1,\"verb\":\"fuzz\""));
        await File.WriteAllTextAsync(Path.Combine(_folder, "same"), Twice());
        await File.WriteAllTextAsync(Path.Combine(_folder, "format"), Whole.Replace("\"format\":1", "\"format\":1.5"));
        CommandResult result = await CommandProcess.RunAsync(["report", .. arguments.Select(argument => argument.Replace("FOLDER", _folder).Replace("FILE", file))]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(what, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("fault of the suite", result.Errors);
    }

    [SkippableFact]
    public async Task A_result_may_come_through_a_pipe()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        await File.WriteAllTextAsync(First("json"), Whole);
        foreach (string name in new[] { "-", "/dev/stdin" })
        {
            await using CommandProcess command = CommandProcess.StartFed(First("json"), "report", name);
            CommandResult result = await command.EndAsync(TimeSpan.FromMinutes(1));
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.StartsWith("a as bsd44: 0 pass", result.Output);
        }
    }

    [SkippableFact]
    public async Task Two_reports_do_not_go_to_one_file_by_way_of_a_link()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        await File.WriteAllTextAsync(First("json"), Whole);
        File.CreateSymbolicLink(Again("tap"), Again("junit"));
        CommandResult result = await CommandProcess.RunAsync("report", First("json"), "--report", $"junit={Again("junit")}", "--report", $"tap={Again("tap")}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("two reports go to the file", result.Errors);
        Assert.False(File.Exists(Again("junit")));
    }

    [SkippableTheory]
    [InlineData("run", "--target", "reference:bsd44", "--id", "success", "--scenarios", "SCENARIOS")]
    [InlineData("compare", "--targets", "reference:bsd44,reference:debian", "--id", "success", "--scenarios", "SCENARIOS")]
    [InlineData("report", "FILE")]
    [InlineData("report", "FILE", "--against", "FILE")]
    public async Task A_full_disk_costs_neither_the_summary_nor_the_other_reports(params string[] arguments)
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full here");
        await File.WriteAllTextAsync(First("json"), Whole);
        CommandResult result = await CommandProcess.RunAsync(
            [.. arguments.Select(argument => argument.Replace("FILE", First("json")).Replace("SCENARIOS", Repository.Scenarios)), "--report", "json=/dev/full", "--report", $"markdown={Again("markdown")}"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("the report '/dev/full' can't be written", result.Errors);
        Assert.NotEmpty(result.Output);
        Assert.Contains("rexec conformance", await File.ReadAllTextAsync(Again("markdown")));
    }

    [SkippableTheory]
    [InlineData("GITHUB_ACTIONS", "true", "#\\x23[stop-commands]x")]
    [InlineData("TF_BUILD", "True", "#\\x23[stop-commands]x")]
    [InlineData("GITHUB_ACTIONS", "", "##[stop-commands]x")]
    public async Task Nothing_of_a_server_is_a_command_to_a_build_server(string variable, string value, string shown)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs env");
        await File.WriteAllTextAsync(First("json"), Whole.Replace("\"timelessMs\":0", "\"timelessMs\":0,\"failure\":\"it said ##[stop-commands]x\""));
        await using CommandProcess command = CommandProcess.StartWith(variable, value, "report", First("json"));
        CommandResult result = await command.EndAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("it said " + shown, result.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Counts = "\"counts\":{\"pass\":0,\"fail\":0,\"xfail\":0,\"xpass\":0,\"blocked\":0,\"unsupported\":0,\"unspecified\":0,\"error\":0}";

    private const string Whole =
        "{\"record\":\"start\",\"format\":1,\"suite\":\"0.1.0\",\"time\":\"2026-11-21T17:00:00.000Z\",\"targets\":[{\"target\":\"a\",\"dialect\":\"bsd44\"}],\"variants\":0}\n"
        + "{\"record\":\"target\",\"target\":\"a\",\"dialect\":\"bsd44\"," + Counts + ",\"timeless\":0,\"timelessMs\":0}\n"
        + "{\"record\":\"complete\"," + Counts + ",\"exitCode\":0,\"failures\":[]}\n";

    /// <summary>Two targets, of which the first has the same variant twice.</summary>
    private static string Twice()
    {
        const string result =
            "{\"record\":\"result\",\"target\":\"a\",\"dialect\":\"bsd44\",\"place\":0,\"id\":\"a\",\"variant\":\"whole\",\"title\":\"\",\"level\":\"must\",\"topic\":\"\","
            + "\"verdict\":\"pass\",\"reason\":\"\",\"timed\":false,\"reproduce\":\"\"}\n";
        string[] lines = Whole.Split('\n');
        string two = Counts.Replace("\"pass\":0", "\"pass\":2");
        return string.Join('\n', lines[0], result + result + lines[1].Replace(Counts, two), lines[1].Replace("\"a\"", "\"b\""), lines[2].Replace(Counts, two), "");
    }

    private string First(string kind) => Path.Combine(_folder, "first." + kind);

    private string Again(string kind) => Path.Combine(_folder, "again." + kind);
}
