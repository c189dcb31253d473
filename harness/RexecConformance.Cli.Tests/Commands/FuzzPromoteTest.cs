using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>The verb <c>fuzz promote</c> as a person uses it: from a find to a scenario that <c>validate</c> takes and <c>run</c> judges by.</summary>
public sealed class FuzzPromoteTest : IDisposable
{
    private const string Faulty = "memory:debian,fault=lost-last-byte";
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-promote-").FullName;

    private string Tree => Path.Combine(_folder, "scenarios");

    private string Promoted => Path.Combine(Tree, "cases", "fuzzed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [Trait("needs", "loopback")]
    [InlineData("memory:debian,fault=limit-in-characters", "debian", "reference:debian,fault=limit-in-characters")]
    [InlineData("memory:debian,memory:debian,fault=limit-in-characters", "debian", "reference:debian,fault=limit-in-characters")]
    [InlineData("memory:debian,fault=limit-in-characters,memory:debian", "debian", "reference:debian,fault=limit-in-characters")]
    public async Task A_scenario_is_red_on_the_faulty_server_and_green_on_the_right_one(string targets, string dialect, string faulty)
    {
        CopyTree();
        string find = await FindAsync("--targets", targets, "--seed", "1");
        CommandResult promoted = await PromoteAsync(find, "--id", "limit-in-characters");
        Assert.Equal((0, ""), (promoted.ExitCode, promoted.Errors));
        Assert.Equal(Path.Combine(Promoted, "limit-in-characters.yaml") + "\n", promoted.Output);

        await ValidAsync();
        CommandResult green = await RunAsync($"reference:{dialect}");
        Assert.True(green.ExitCode == 0, green.Output + green.Errors);
        Assert.Contains("1 pass", green.Output, StringComparison.Ordinal);
        CommandResult red = await RunAsync(faulty);
        Assert.True(red.ExitCode == 1, red.Output + red.Errors);
    }

    [Fact]
    public async Task Differences_of_two_dialects_are_told_with_both_answers_and_hold_for_both()
    {
        CopyTree();
        string find = await FindAsync("--targets", "memory:debian,memory:inetutils", "--known", "report", "--seed", "2");
        CommandResult promoted = await PromoteAsync(find, "--id", "two-dialects");
        Assert.Equal((0, ""), (promoted.ExitCode, promoted.Errors));
        string text = File.ReadAllText(Path.Combine(Promoted, "two-dialects.yaml"));
        Assert.Contains("    - target: \"memory:debian\"\n      dialect: debian\n", text, StringComparison.Ordinal);
        Assert.Contains("    - target: \"memory:inetutils\"\n      dialect: inetutils\n", text, StringComparison.Ordinal);
        await ValidAsync();
        foreach (string dialect in new[] { "debian", "inetutils" })
        {
            CommandResult green = await CommandProcess.RunAsync("run", "--scenarios", Tree, "--id", "two-dialects", "--target", "reference:" + dialect);
            Assert.True(green.ExitCode == 0, green.Output + green.Errors);
        }
    }

    [Fact]
    public async Task Where_it_comes_from_is_told_without_a_path_of_whoever_found_it()
    {
        string find = await FindAsync("--targets", Faulty, "--seed", "7");
        string folder = Path.Combine(_folder, "out", "deeper");
        CommandResult promoted = await CommandProcess.RunAsync(
            "fuzz", "promote", find, "--scenarios", Repository.Scenarios, "--out", folder, "--id", "a-b", "--title", "Title: \"quoted\" # not a comment", "--story", "One\n\u001b[31mtwo", "--server", Faulty + "=Version 1");
        Assert.Equal((0, ""), (promoted.ExitCode, promoted.Errors));
        string text = File.ReadAllText(Assert.Single(Directory.GetFiles(folder)));
        Assert.Contains("\ntitle: \"Title: \\\"quoted\\\" # not a comment\"\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n  command: \"rexec-conformance fuzz --targets {Faulty} --seed 7 --cases ", text, StringComparison.Ordinal);
        Assert.Contains("\n  seed: 7\n", text, StringComparison.Ordinal);
        Assert.Contains("\n      server: \"Version 1\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    One \\x1b[31mtwo\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Scenarios, text, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_by_force_alone()
    {
        string find = await FindAsync("--targets", Faulty, "--seed", "7");
        string file = Path.Combine(_folder, "out", "taken.yaml");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "of a person");
        string[] promote = ["fuzz", "promote", find, "--scenarios", Repository.Scenarios, "--out", Path.Combine(_folder, "out"), "--id", "taken"];
        OneLine("is there already", await CommandProcess.RunAsync(promote));
        Assert.Equal("of a person", File.ReadAllText(file));
        Assert.Equal(0, (await CommandProcess.RunAsync([.. promote, "--force"])).ExitCode);
        Assert.Contains("\nid: taken\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected lower case letters", "--id", "Not_A_Slug")]
    [InlineData("expected lower case letters", "--id", "../escape")]
    [InlineData("ids are never reused", "--id", "username-15")]
    [InlineData("--out is empty", "--out", "")]
    [InlineData("a part of the path is a file", "--out", "FOLDER/corpus/state.json")]
    [InlineData("--title is ''", "--title", "")]
    [InlineData("--server is 'x', expected TARGET=TEXT", "--server", "x")]
    public async Task Wrong_usage_is_2_and_writes_nothing(string what, string option, string value)
    {
        string find = await FindAsync("--targets", Faulty, "--seed", "7");
        string[] files = [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)];
        string[] folder = option == "--out" ? [] : ["--out", Path.Combine(_folder, "out")];
        OneLine(what, await CommandProcess.RunAsync(["fuzz", "promote", find, "--scenarios", Repository.Scenarios, .. folder, option, value.Replace("FOLDER", _folder, StringComparison.Ordinal)]));
        Assert.Equal(files, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("", "FIND is empty")]
    [InlineData("none.json", "there is no such file")]
    [InlineData("FOLDER", "can't be read")]
    public async Task What_is_no_find_is_2(string find, string what) =>
        OneLine(what, await CommandProcess.RunAsync("fuzz", "promote", find.Replace("FOLDER", _folder, StringComparison.Ordinal), "--scenarios", Repository.Scenarios));

    private static void OneLine(string what, CommandResult result)
    {
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(what, result.Errors, StringComparison.Ordinal);
        _ = Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Task<CommandResult> PromoteAsync(string find, params string[] more) => CommandProcess.RunAsync(["fuzz", "promote", find, "--scenarios", Tree, .. more]);

    private async Task ValidAsync()
    {
        CommandResult result = await CommandProcess.RunAsync("validate", "--scenarios", Tree);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    private Task<CommandResult> RunAsync(string target) => CommandProcess.RunAsync("run", "--scenarios", Tree, "--id", "limit-in-characters", "--target", target);

    private async Task<string> FindAsync(params string[] arguments)
    {
        string corpus = Path.Combine(_folder, "corpus");
        CommandResult result = await CommandProcess.RunAsync(
            ["fuzz", "--scenarios", Repository.Scenarios, "--corpus", corpus, "--cases", "50000", "--max-finds", "1", "--jobs", "1", .. arguments]);
        Assert.True(result.ExitCode == 1, result.Output + result.Errors);
        return Assert.Single(Directory.GetFiles(Path.Combine(corpus, "finds")));
    }

    // The suite's own, so that a test writes nothing there.
    private void CopyTree()
    {
        foreach (string file in new[] { "scenarios", "pcaps" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(Repository.Root, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
