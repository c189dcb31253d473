using System.Text.RegularExpressions;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Tests.Sharding;

/// <summary>The same work as one run and as shards, each a process of its own.</summary>
internal sealed partial class ShardRuns : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    public string Folder { get; } = Directory.CreateTempSubdirectory("rexec-shards-").FullName;

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Runs a verb and returns its exit code and its result.</summary>
    public async Task<(CommandResult Command, string File)> OneAsync(IReadOnlyList<string> arguments, string name = "one.json")
    {
        await using CommandProcess command = CommandProcess.Start([.. arguments, "--scenarios", Repository.Scenarios, "--report", "json=" + File(name)]);
        return (await command.EndAsync(s_patience), File(name));
    }

    /// <summary>Runs all shards side by side; the files are in a muddled order.</summary>
    public async Task<IReadOnlyList<(CommandResult Command, string File)>> ShardsAsync(IReadOnlyList<string> arguments, int of) =>
        await Task.WhenAll(Enumerable.Range(1, of).Reverse().Select(number => OneAsync([.. arguments, "--shard", $"{number}/{of}"], $"{number}.json")));

    /// <summary>Merges files.</summary>
    public async Task<(CommandResult Command, ReportedRun Run)> MergeAsync(IEnumerable<string> files)
    {
        await using CommandProcess command = CommandProcess.Start(["merge", .. files, "-o", File("merged.json")]);
        CommandResult result = await command.EndAsync(s_patience);
        Assert.True(System.IO.File.Exists(File("merged.json")), result.Errors);
        return (result, ResultReader.Read(File("merged.json")));
    }

    /// <summary>All that a report says but for times, and for what was sent to a server that closes early, which hangs on them.</summary>
    public static string WithoutTimes(ReportedRun run)
    {
        IEnumerable<string> lines = run.Targets.SelectMany(target => (IEnumerable<string>)
        [
            $"{target.Name}: {target.Failure} {target.Timeless} {string.Join(", ", target.Guesses)}",
            .. target.Cases.Select(one =>
                $"{one.Place} {one.Name} {one.Topic} {one.Title} {one.Level} {one.Verdict} {one.Reason} {one.Timed} {string.Join(',', one.Requires)} "
                + $"{string.Join("; ", one.Findings.Select(finding => finding.ToString()))} {string.Join("; ", one.Basis)} {one.Reproduce} "
                + (one.Exchange is null ? "not driven" : "driven")),
        ]);
        return Time().Replace(
            $"{run.Suite} {run.Variants} {run.Selection} {run.Shard} {run.ExitCode} {string.Join(' ', run.Requirements.Keys.Order(StringComparer.Ordinal))}\n{string.Join('\n', lines)}\n", "SOME s");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex(@"\d+\.\d+ s\b")]
    private static partial Regex Time();
}
