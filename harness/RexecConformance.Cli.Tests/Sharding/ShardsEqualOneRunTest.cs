using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Tests.Sharding;

/// <summary>Shards 1/4 to 4/4 as separate processes, merged, say what one run says.</summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)]
public sealed class ShardsEqualOneRunTest : IDisposable
{
    private readonly ShardRuns _runs = new();

    [Theory]
    [InlineData(0, "run", "--target", "reference:bsd44", "--target", "reference:inetutils")]
    [InlineData(0, "run", "--target", "reference", "--dialect", "all", "--id", "*pass*", "--id", "eof*")]
    [InlineData(1, "run", "--target", "reference:debian", "--target", "reference:bsd44", "--dialect", "bsd44", "--tag", "limits", "--tag", "success")]
    [InlineData(0, "run", "--target", "reference:sco", "--level", "must")]
    [InlineData(0, "run", "--target", "recorded:inetutils")]
    [InlineData(0, "compare", "--targets", "recorded:inetutils,recorded:debian-xinetd")]
    [InlineData(1, "compare", "--targets", "recorded:inetutils,reference:inetutils,fault=OTHER", "--id", "*pass*", "--id", "user*")]
    public async Task They_do(int exitCode, params string[] arguments)
    {
        if (arguments.Any(argument => argument.EndsWith("fault=OTHER", StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(_runs.File("other.yaml"), "format: 1\nlogin.bad-password: \"Go away\"\n");
            arguments = [.. arguments.Select(argument => argument.Replace("fault=OTHER", $"dialect-file={_runs.File("other.yaml")}"))];
        }

        (CommandResult one, string file) = await _runs.OneAsync(arguments);
        Assert.True(one.ExitCode == exitCode, one.Errors + one.Output);
        IReadOnlyList<(CommandResult Command, string File)> shards = await _runs.ShardsAsync(arguments, 4);
        Assert.All(shards, shard => Assert.True(shard.Command.ExitCode is 0 or 1, shard.Command.Errors));
        Assert.Equal(exitCode, shards.Max(shard => shard.Command.ExitCode));

        ReportedRun whole = ResultReader.Read(file);
        (CommandResult merged, ReportedRun together) = await _runs.MergeAsync(shards.Select(shard => shard.File));
        Assert.Equal(exitCode, merged.ExitCode);
        Assert.Equal(ShardRuns.WithoutTimes(whole), ShardRuns.WithoutTimes(together));
        Assert.All(shards.Select(shard => ResultReader.Read(shard.File)), shard => Assert.InRange(shard.Cases.Count(), 0, whole.Cases.Count() - 1));
    }

    [Fact]
    public async Task A_faulty_server_is_as_red_and_what_its_fault_blocks_is_blocked()
    {
        await File.WriteAllTextAsync(_runs.File("never.yaml"), "format: 1\naux.connect: never\n");
        string[] arguments = ["run", "--target", $"reference:bsd44,dialect-file={_runs.File("never.yaml")}", "--dialect", "bsd44", "--id", "signal*", "--id", "success*"];
        (CommandResult one, string file) = await _runs.OneAsync(arguments);
        Assert.True(one.ExitCode == 1, one.Errors + one.Output);
        ReportedRun whole = ResultReader.Read(file);
        Assert.True(whole.Targets[0].Count(Verdict.Blocked) >= 3, one.Output);

        IReadOnlyList<(CommandResult Command, string File)> shards = await _runs.ShardsAsync(arguments, 4);
        (CommandResult merged, ReportedRun together) = await _runs.MergeAsync(shards.Select(shard => shard.File));
        Assert.Equal(1, merged.ExitCode);
        Assert.Equal(ShardRuns.WithoutTimes(whole), ShardRuns.WithoutTimes(together));
        Assert.Contains("Blocked", ShardRuns.WithoutTimes(together));
    }

    [Fact]
    public async Task An_empty_shard_is_no_error_and_is_needed_all_the_same()
    {
        string[] arguments = ["run", "--target", "reference:bsd44", "--id", "success-aux"];
        IReadOnlyList<(CommandResult Command, string File)> shards = await _runs.ShardsAsync(arguments, 4);
        Assert.All(shards, shard => Assert.Equal(0, shard.Command.ExitCode));
        List<(CommandResult Command, string File)> empty = [.. shards.Where(shard => !ResultReader.Read(shard.File).Cases.Any())];
        Assert.Equal(3, empty.Count);
        Assert.All(empty, shard => Assert.Matches(@"^rexec-conformance: shard \d/4 has no variant of these: nothing to drive\n$", shard.Command.Errors));
        Assert.All(empty, shard => Assert.Equal("", shard.Command.Output));

        (CommandResult merged, ReportedRun together) = await _runs.MergeAsync(shards.Select(shard => shard.File));
        Assert.Equal((0, 3), (merged.ExitCode, together.Cases.Count()));

        CommandResult refused = await CommandProcess.RunAsync(["merge", .. shards.Select(shard => shard.File).Where(f => f != empty[0].File), "-o", _runs.File("less.json")]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(@"^rexec-conformance: shard \d/4 missing, expected all 4 \(--partial merges what there is\)\n$", refused.Errors);
        Assert.False(File.Exists(_runs.File("less.json")));
    }

    [Fact]
    public async Task Where_the_filter_finds_nothing_each_shard_ends_with_4()
    {
        foreach ((CommandResult command, _) in await _runs.ShardsAsync(["run", "--target", "reference:bsd44", "--id", "no-such-scenario"], 2))
        {
            Assert.Equal(4, command.ExitCode);
        }
    }

    [Fact]
    public async Task The_part_comes_from_the_index_of_a_job()
    {
        string? before = Environment.GetEnvironmentVariable("JOB_COMPLETION_INDEX");
        try
        {
            Environment.SetEnvironmentVariable("JOB_COMPLETION_INDEX", "2");
            (CommandResult command, string file) = await _runs.OneAsync(["run", "--target", "reference:bsd44", "--id", "username*", "--shard", "auto/4"]);
            Assert.Equal((0, "3/4"), (command.ExitCode, ResultReader.Read(file).Shard));
            Environment.SetEnvironmentVariable("JOB_COMPLETION_INDEX", "4");
            (command, _) = await _runs.OneAsync(["run", "--target", "reference:bsd44", "--shard", "4"]);
            Assert.Equal((2, "rexec-conformance: --shard 4: JOB_COMPLETION_INDEX is '4', expected a number from 0 to 3\n"), (command.ExitCode, command.Errors));
        }
        finally
        {
            Environment.SetEnvironmentVariable("JOB_COMPLETION_INDEX", before);
        }
    }

    public void Dispose() => _runs.Dispose();
}
