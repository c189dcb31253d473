using System.Text.Json;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>The verbs <c>fuzz</c> and <c>report</c> as a script sees them: nothing but a process, its files and its exit code.</summary>
public sealed class FuzzCommandTest : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-command-").FullName;

    private string Corpus => Path.Combine(_folder, "corpus");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_found_is_0_and_the_text_has_no_escapes()
    {
        CommandResult result = await FuzzAsync("--targets", "memory:bsd44", "--cases", "2000", "--seed", "4");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("seed 4, cases 0 to 1999: 2000 cases in ", result.Output, StringComparison.Ordinal);
        Assert.Contains("replies reached:", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("nothing found\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Errors);
    }

    [Theory]
    [InlineData("lost-status")]
    [InlineData("limit-in-characters")]
    [InlineData("leaked-descriptor")]
    [InlineData("hangs-after-refusal")]
    public async Task A_fault_is_found_made_small_replayed_and_reported(string fault)
    {
        string report = Path.Combine(_folder, "result.json");
        CommandResult found = await FuzzAsync("--targets", $"memory:bsd44,fault={fault}", "--cases", "20000", "--max-finds", "1", "--seed", "4", "--report", "json=" + report);
        Assert.Equal(1, found.ExitCode);
        using JsonDocument find = Assert.Single(File.ReadLines(report).Select(line => JsonDocument.Parse(line)), record => record.RootElement.GetProperty("record").GetString() == "find");
        Assert.InRange(find.RootElement.GetProperty("request").GetString()!.Length / 2, 0, 63);

        string file = Path.Combine(Corpus, "finds", find.RootElement.GetProperty("kind").GetString() + ".json");
        CommandResult again = await CommandProcess.RunAsync("fuzz", "--scenarios", Repository.Scenarios, "--replay", file);
        Assert.Equal(1, again.ExitCode);
        Assert.StartsWith("still shows:\n", again.Output, StringComparison.Ordinal);
        CommandResult repaired = await CommandProcess.RunAsync("fuzz", "--scenarios", Repository.Scenarios, "--replay", file, "--targets", "memory:bsd44");
        Assert.Equal((0, ""), (repaired.ExitCode, repaired.Errors));

        CommandResult rendered = await CommandProcess.RunAsync("report", report);
        Assert.Equal((0, found.Output), (rendered.ExitCode, rendered.Output));
    }

    [Fact]
    public async Task Two_servers_of_one_dialect_that_differ_are_told_with_both_answers()
    {
        CommandResult result = await FuzzAsync("--targets", "memory:debian,memory:debian,fault=lost-last-byte", "--cases", "20000", "--max-finds", "1", "--seed", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\n  memory:debian: primary: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  memory:debian,fault=lost-last-byte: primary: ", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_run_that_is_killed_goes_on_where_it_was()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        string[] run = ["fuzz", "--scenarios", Repository.Scenarios, "--targets", "memory:bsd44,fault=limit-in-characters", "--corpus", Corpus, "--time", "10m"];
        string state = Path.Combine(Corpus, "state.json");
        await using (CommandProcess first = CommandProcess.Start([.. run, "--seed", "9"]))
        {
            await UntilAsync(() => Next(state) > 500 && Directory.GetFiles(Path.Combine(Corpus, "finds"), "*.json").Length > 0);
            await first.SignalAsync("KILL");
            Assert.Equal(137, (await first.EndAsync(s_patience)).ExitCode);
        }

        long at = Next(state);
        string[] finds = Directory.GetFiles(Path.Combine(Corpus, "finds"), "*.json");
        CommandResult second = await CommandProcess.RunAsync([.. run, "--resume", "--cases", $"{at + 1000}"]);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"seed 9, corpus {Corpus}, from case {at} on", second.Errors, StringComparison.Ordinal);
        Assert.Contains($"cases {at} to {at + 999}: 1000 cases", second.Output, StringComparison.Ordinal);
        Assert.All(finds, find => Assert.Contains("FIND " + Path.GetFileNameWithoutExtension(find) + "\n", second.Output, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task An_interrupt_ends_a_run_with_130_and_its_summary()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        await using CommandProcess command = CommandProcess.Start("fuzz", "--scenarios", Repository.Scenarios, "--targets", "memory:debian", "--corpus", Corpus, "--time", "10m");
        await UntilAsync(() => Next(Path.Combine(Corpus, "state.json")) > 0);
        await command.SignalAsync("INT");
        CommandResult result = await command.EndAsync(s_patience);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("interrupted; nothing found", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_corpus_has_one_run_at_a_time()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        await using CommandProcess first = CommandProcess.Start("fuzz", "--scenarios", Repository.Scenarios, "--targets", "memory:debian", "--corpus", Corpus, "--time", "10m");
        await UntilAsync(() => Next(Path.Combine(Corpus, "state.json")) >= 0);
        OneLine(2, "in use by another run", await FuzzAsync("--targets", "memory:debian", "--cases", "10"));
        await first.SignalAsync("KILL");
        _ = await first.EndAsync(s_patience);
    }

    [Theory]
    [InlineData("expected one, or two to compare", "--targets", "memory,memory,memory")]
    [InlineData("--time is 'soon', expected a time such as", "--time", "soon")]
    [InlineData("--seed is '-1', expected a whole number", "--seed", "-1")]
    [InlineData("--jobs is '0', expected a whole number from 1", "--jobs", "0")]
    [InlineData("--report is 'xml=a', expected json=FILE", "--report", "xml=a", "--targets", "memory:debian")]
    [InlineData("there is no such file", "--replay", "none.json")]
    [InlineData("--replay is empty, expected the path of a find", "--replay", "")]
    [InlineData("'report'", "--known", "all")]
    [InlineData("--i-own-this-target", "--targets", "tcp:192.0.2.1:512", "--dialect", "debian")]
    [InlineData("no dialect 'nosuch'", "--targets", "memory:nosuch")]
    [InlineData("baseline", "--targets", "recorded:inetutils")]
    [InlineData("only fuzz", "run", "--target", "memory:debian")]
    public async Task Wrong_usage_is_2(string what, params string[] arguments) => OneLine(
        2,
        what,
        arguments[0] == "run" ? await CommandProcess.RunAsync([.. arguments, "--scenarios", Repository.Scenarios]) : await FuzzAsync(arguments));

    [Fact]
    public async Task A_resumed_run_has_the_same_targets()
    {
        _ = await FuzzAsync("--targets", "memory:debian", "--cases", "100", "--seed", "1");
        OneLine(2, "is of memory:debian as debian, not of memory:bsd44 as bsd44", await FuzzAsync("--targets", "memory:bsd44", "--cases", "200", "--resume"));
    }

    [Theory]
    [InlineData("report", "none.json", "there is no such file")]
    [InlineData("report", "FOLDER", "can't be read")]
    public async Task A_file_that_is_no_result_is_2(string verb, string file, string what) =>
        OneLine(2, what, await CommandProcess.RunAsync(verb, file.Replace("FOLDER", _folder, StringComparison.Ordinal)));

    [Fact]
    [Trait("needs", "loopback")]
    public async Task A_result_of_run_is_rendered_too()
    {
        string file = Path.Combine(_folder, "run.json");
        _ = await CommandProcess.RunAsync("run", "--scenarios", Repository.Scenarios, "--target", "reference:debian", "--dialect", "bsd44", "--id", "username-15", "--report", "json=" + file);
        CommandResult rendered = await CommandProcess.RunAsync("report", file);
        Assert.Equal((0, ""), (rendered.ExitCode, rendered.Errors));
        Assert.Contains("reference:debian as bsd44: ", rendered.Output, StringComparison.Ordinal);
        Assert.Contains("  again: rexec-conformance run --target reference:debian --dialect bsd44 --id 'username-15#", rendered.Output, StringComparison.Ordinal);

        string whole = File.ReadAllText(file);
        (string Text, string What)[] damaged =
        [
            (whole[..(whole.Length / 2)], "is no record"),
            (whole[..(whole.TrimEnd('\n').LastIndexOf('\n') + 1)], "has no 'complete' record"),
            (whole + whole, "a second report begins here"),
            (whole.Replace("\"hex\":\"0", "\"hex\":\"zz", StringComparison.Ordinal), "is no record"),
        ];
        foreach ((string text, string what) in damaged)
        {
            File.WriteAllText(file, text);
            CommandResult told = await CommandProcess.RunAsync("report", file);
            Assert.StartsWith($"rexec-conformance: {file}:", told.Errors, StringComparison.Ordinal);
            OneLine(2, what, told);
        }
    }

    [Theory]
    [InlineData("\"guilty\": 0", "\"guilty\": 4", "is no find of a fuzz run")]
    [InlineData("${good.name}", "${nosuch.name}", "can't be asked of memory:bsd44")]
    public async Task A_damaged_find_is_2(string text, string other, string what)
    {
        _ = await FuzzAsync("--targets", "memory:bsd44,fault=lost-status", "--cases", "20000", "--max-finds", "1", "--seed", "4");
        string file = Directory.GetFiles(Path.Combine(Corpus, "finds"))[0];
        string whole = File.ReadAllText(file);
        Assert.Contains(text, whole, StringComparison.Ordinal);
        File.WriteAllText(file, whole.Replace(text, other, StringComparison.Ordinal));
        OneLine(2, what, await CommandProcess.RunAsync("fuzz", "--scenarios", Repository.Scenarios, "--targets", "memory:bsd44", "--replay", file));
    }

    private Task<CommandResult> FuzzAsync(params string[] arguments) => CommandProcess.RunAsync(["fuzz", "--scenarios", Repository.Scenarios, "--corpus", Corpus, .. arguments]);

    private static long Next(string state)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(state));
            return document.RootElement.GetProperty("next").GetInt64();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return -1;
        }
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!done())
        {
            _ = await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static void OneLine(int exitCode, string what, CommandResult result)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(what, result.Errors, StringComparison.Ordinal);
        _ = Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
