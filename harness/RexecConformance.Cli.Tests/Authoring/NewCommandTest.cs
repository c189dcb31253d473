using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Authoring;

/// <summary>The verb <c>new</c> as a person uses it: a file that <c>validate</c> takes at once and <c>run</c> judges by.</summary>
[Trait("needs", "loopback")]
public sealed class NewCommandTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-new-").FullName;

    private string Mine => Path.Combine(_folder, "mine");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_case_of_ones_own_catches_a_faulty_server()
    {
        string file = Path.Combine(Mine, "cases", "long-name.yaml");
        CommandResult made = await NewAsync("long-name", "--user", "=abcdefghijklmno", "--expect", "refused=username-too-long", "--title", "A name of 15 characters is refused");
        Assert.Equal((0, file + "\n"), (made.ExitCode, made.Output));
        await ValidAsync("");
        Assert.Equal(0, (await RunAsync("reference:bsd44")).ExitCode);
        CommandResult red = await CommandProcess.RunAsync("run", "--scenarios", Mine, "--target", "reference:debian", "--dialect", "bsd44");
        Assert.Equal(1, red.ExitCode);
        Assert.Contains("again: rexec-conformance run --target reference:debian --dialect bsd44 --scenarios", red.Output);
        Assert.True(File.Exists(Path.Combine(Mine, "schema", "scenario.schema.json")));
        Assert.StartsWith("# yaml-language-server: $schema=../schema/scenario.schema.json\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Without_an_expectation_validate_names_it_and_nothing_is_green_or_red()
    {
        Assert.Equal(0, (await NewAsync("nothing-yet")).ExitCode);
        await ValidAsync($"{Path.Combine(Mine, "cases", "nothing-yet.yaml")}:");
        CommandResult run = await RunAsync("reference:debian", "--verbose");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("nobody has decided yet", run.Output + run.Errors);
    }

    [Theory]
    [InlineData("debian", "write-both")]
    [InlineData("inetutils", "write-both")]
    [InlineData("bsd44", "print-home")]
    public async Task What_was_observed_is_expected_of_that_dialect_and_holds(string dialect, string command)
    {
        Assert.Equal(0, (await NewAsync("seen", "--port", "aux", "--command", command, "--fragments", "whole,per-field", "--observe", "reference:" + dialect)).ExitCode);
        string text = await File.ReadAllTextAsync(Path.Combine(Mine, "cases", "seen.yaml"));
        Assert.Contains($"  - when: {{ dialect: {dialect} }}\n", text);
        Assert.Contains($"{{ dialect: {dialect}, kind: observed, source: \"rexecd ", text);
        Assert.Contains($"place: \"{DateTime.UtcNow:yyyy-MM-dd}\"", text);
        await ValidAsync("");
        CommandResult green = await RunAsync("reference:" + dialect);
        Assert.True(green.ExitCode == 0, green.Output + green.Errors + text);
        Assert.Contains("2 pass", green.Output);
        Assert.Contains("1 unspecified", (await RunAsync(dialect == "debian" ? "reference:bsd44" : "reference:debian", "--id", "seen#whole")).Output);
        CommandResult explained = await CommandProcess.RunAsync("explain", "seen", "--scenarios", Mine, "--dialect", dialect);
        Assert.Contains("bytes and end: observed: rexecd ", explained.Output);
    }

    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task What_a_real_daemon_answered_names_its_package()
    {
        Needs.DebianDaemon();
        CommandResult made = await NewAsync("real", "--observe", "inetd:" + Needs.Daemon, "--dialect", "debian");
        Assert.True(made.ExitCode == 0, made.Errors);
        string text = await File.ReadAllTextAsync(Path.Combine(Mine, "cases", "real.yaml"));
        Assert.Contains("kind: observed, source: \"rsh-server 0.17-", text);
        Assert.Contains("bytes: \"\\0out\\n\"", text);
        Assert.Equal(0, (await RunAsync("reference:debian")).ExitCode);
    }

    [Fact]
    public async Task A_second_one_depends_on_the_first_and_the_first_stays()
    {
        Assert.Equal(0, (await NewAsync("first", "--expect", "accepted=out\\n")).ExitCode);
        Assert.Equal(0, (await NewAsync("second", "--depends-on", "first", "--expect", "accepted=out\\n")).ExitCode);
        OneLine("'first' is that of", await NewAsync("first", "-o", Path.Combine(Mine, "cases", "other.yaml")));
        OneLine("--force to replace it", await NewAsync("first", "--expect", "accepted"));
        string before = await File.ReadAllTextAsync(Path.Combine(Mine, "cases", "first.yaml"));
        Assert.Equal(0, (await NewAsync("first", "--expect", "refused=bad-password", "--user", "victim", "--password", "=wrong", "--force")).ExitCode);
        Assert.NotEqual(before, await File.ReadAllTextAsync(Path.Combine(Mine, "cases", "first.yaml")));
        await ValidAsync("");
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Mine, "cases")).Length);
    }

    [Fact]
    public async Task It_goes_to_standard_output_too()
    {
        CommandResult made = await NewAsync("shown", "-o", "-", "--expect", "accepted");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        Assert.StartsWith("# yaml-language-server: $schema=", made.Output);
        Assert.Contains("\nid: shown\n", made.Output);
        Assert.False(Directory.Exists(Mine));
    }

    [Fact]
    public async Task What_the_client_does_is_in_the_order_of_the_options()
    {
        CommandResult made = await NewAsync("order", "-o", "-", "--send", "0\\0", "--pause", "200ms", "--hex", "67 6f", "--half-close", "--expect", "nothing");
        Assert.Contains("send:\n  - bytes: \"0\\0\"\n  - pause: 200ms\n  - bytes: \"go\"\n  - half-close: primary\n", made.Output);
    }

    [Theory]
    [InlineData("the id 'success' is that of", "success")]
    [InlineData("ID is 'Bad_Id'", "Bad_Id")]
    [InlineData("there is no level 'muste', expected one of: must, should, may, dialect, info; did you mean 'must'?", "x", "--level", "muste")]
    [InlineData("--observe takes one target that can be driven", "x", "--observe", "recorded:inetutils")]
    [InlineData("--dialect NAME and --server go with --observe", "x", "--dialect", "debian")]
    [InlineData("has no account", "x", "--observe", "reference:debian", "--user", "nobody")]
    [InlineData("both say what debian answers", "x", "--observe", "reference:debian", "--dialect", "debian=nothing")]
    [InlineData("say with --dialect", "x", "--observe", "tcp:127.0.0.1:1")]
    [InlineData("a step uses the auxiliary connection", "x", "--signal", "15")]
    [InlineData("per-byte is for requests of up to 512 bytes", "x", "--command", "LONG", "--fragments", "per-byte")]
    public async Task Wrong_usage_is_one_line_and_leaves_nothing(string words, params string[] arguments)
    {
        words = words == "has no account" ? "there is no account 'nobody'" : words;
        OneLine(words, await NewAsync([.. arguments.Select(argument => argument == "LONG" ? new string('x', 600) : argument)]));
        Assert.False(Directory.Exists(Mine));
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_3_and_leaves_nothing()
    {
        CommandResult result = await NewAsync("x", "--observe", "inetd:/no/such/in.rexecd", "--dialect", "debian");
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.False(Directory.Exists(Mine));
    }

    private Task<CommandResult> NewAsync(params string[] arguments) => CommandProcess.RunAsync(["new", .. arguments, "--scenarios", Mine]);

    private Task<CommandResult> RunAsync(string target, params string[] more) => CommandProcess.RunAsync(["run", "--scenarios", Mine, "--target", target, .. more]);

    private async Task ValidAsync(string says)
    {
        CommandResult valid = await CommandProcess.RunAsync("validate", "--scenarios", Mine);
        Assert.True(valid.ExitCode == 0, valid.Errors);
        Assert.StartsWith(says, valid.Errors);
        Assert.Equal(says.Length > 0, valid.Errors.Contains("expects nothing yet", StringComparison.Ordinal));
    }

    private static void OneLine(string words, CommandResult result)
    {
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
