using RexecConformance.Cli.Tests.Support;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Tests.Sharding;

/// <summary>What can't be merged is said in one line, and nothing is written.</summary>
[Trait("needs", "loopback")]
public sealed class MergeCommandTest : IDisposable
{
    private readonly ShardRuns _runs = new();

    [Fact]
    public async Task What_is_not_of_one_run_is_refused()
    {
        string[] arguments = ["run", "--target", "reference:bsd44", "--id", "username-1*"];
        List<string> files = [.. (await _runs.ShardsAsync(arguments, 2)).Select(shard => shard.File)];
        string other = (await _runs.OneAsync(["run", "--target", "reference:bsd44", "--id", "username-15", "--shard", "1/2"], "other.json")).File;
        string whole = (await _runs.OneAsync(arguments)).File;
        string cut = _runs.File("cut.json");
        await File.WriteAllLinesAsync(cut, (await File.ReadAllLinesAsync(files[0]))[..^1]);
        string twice = _runs.File("twice.json");
        await File.WriteAllTextAsync(twice, await File.ReadAllTextAsync(files[0]) + await File.ReadAllTextAsync(files[1]));
        string empty = _runs.File("empty.json");
        await File.WriteAllTextAsync(empty, "");
        string text = _runs.File("text.json");
        await File.WriteAllTextAsync(text, "no json\n");

        await Refused("expected all 2 (--partial merges what there is)", files[0]);
        await Refused("are both shard 2/2", files[0], files[0]);
        await Refused("the filter or the scenarios differ", files[0], other);
        await Refused("one.json: is the result of a whole run, expected one of run --shard", files[0], whole);
        await Refused("cut.json: has no 'complete' record: the run did not come to its end", cut, files[1]);
        await Refused("a second report begins here, expected one in a file", twice, files[1]);
        await Refused("empty.json: is empty, expected a JSON report", empty, files[1]);
        await Refused("text.json:1: is no record of a JSON report", text, files[1]);
        await Refused("none.json: can't be read: there is no such file", _runs.File("none.json"), files[1]);
        await Refused("can't be read: is a directory, expected a file", _runs.Folder, files[1]);
    }

    [Fact]
    public async Task Shards_that_are_missing_may_be_missing()
    {
        string[] arguments = ["run", "--target", "reference:bsd44", "--id", "username*"];
        List<string> files = [.. (await _runs.ShardsAsync(arguments, 3)).Select(shard => shard.File)];
        CommandResult merged = await CommandProcess.RunAsync("merge", files[0], files[2], "--partial", "-o", _runs.File("some.json"));
        Assert.Equal((0, "rexec-conformance: these are shards 1+3/3 alone: the others are missing\n"), (merged.ExitCode, merged.Errors));
        Assert.Equal("1+3/3", ResultReader.Read(_runs.File("some.json")).Shard);
        Assert.Contains("nothing red in", merged.Output);
    }

    [Fact]
    public async Task Other_formats_come_of_it_too()
    {
        string[] arguments = ["run", "--target", "reference:debian", "--dialect", "bsd44", "--id", "username*"];
        List<string> files = [.. (await _runs.ShardsAsync(arguments, 2)).Select(shard => shard.File)];
        CommandResult merged = await CommandProcess.RunAsync(["merge", .. files, "-o", "-", "--report", "junit=" + _runs.File("all.xml"), "--report", "markdown=" + _runs.File("all.md")]);
        Assert.Equal(1, merged.ExitCode);
        Assert.StartsWith("{\"record\":\"start\"", merged.Output);
        Assert.Contains("red of", merged.Errors);
        Assert.True(File.Exists(_runs.File("all.xml")));
        Assert.StartsWith("## rexec conformance: ", await File.ReadAllTextAsync(_runs.File("all.md")));
    }

    public void Dispose() => _runs.Dispose();

    private async Task Refused(string what, params string[] files)
    {
        CommandResult merged = await CommandProcess.RunAsync(["merge", .. files, "-o", _runs.File("refused.json")]);
        Assert.Equal((2, ""), (merged.ExitCode, merged.Output));
        string line = Assert.Single(merged.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(what, line);
        Assert.False(File.Exists(_runs.File("refused.json")));
    }
}
