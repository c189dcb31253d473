using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;

namespace RexecConformance.Reports.Results.Merging;

/// <summary>Results of the shards of a run as the result of one run.</summary>
public static class MergedRun
{
    /// <summary>Which exit code says more than which, the most first.</summary>
    private static readonly int[] s_codes = [130, 3, 1, 5, 4, 0];

    /// <summary>Merges.</summary>
    /// <param name="parts">Each shard's result with the name of its file, in any order.</param>
    /// <param name="partial">Whether shards may be missing; the result then says which there are.</param>
    /// <exception cref="InvalidDataException">They are not the shards of one run; the message names the file.</exception>
    public static ReportedRun Of(IReadOnlyList<(string File, ReportedRun Run)> parts, bool partial)
    {
        List<(Shard Shard, string File, ReportedRun Run)> shards = ShardsOfOneRun.Check(parts, partial);
        ReportedRun first = shards[0].Run;
        bool whole = shards.Count == shards[0].Shard.Of;
        List<ReportedTarget> targets = [.. Targets(shards).Select((key, place) => Target(key, place, shards))];
        if (whole && targets.FirstOrDefault(target => target.Failure is null && target.Cases.Count != first.Variants) is { } short1)
        {
            throw new InvalidDataException(
                $"the shards hold {short1.Cases.Count} of {first.Variants} variants on {short1.Target} as {short1.Dialect}: they are not of one run, or lines are missing");
        }

        return first with
        {
            Time = shards.Min(shard => shard.Run.Time),
            Shard = whole ? null : $"{string.Join('+', shards.Select(shard => shard.Shard.Number))}/{shards[0].Shard.Of}",
            Requirements = Requirements(shards),
            Targets = targets,
            ExitCode = ExitCode([.. shards.Select(shard => shard.Run.ExitCode)], targets),
        };
    }

    private static Dictionary<string, Requirement> Requirements(IEnumerable<(Shard Shard, string File, ReportedRun Run)> shards) =>
        shards.SelectMany(shard => shard.Run.Requirements.Values)
            .DistinctBy(requirement => requirement.Id)
            .OrderBy(requirement => requirement.Id, StringComparer.Ordinal)
            .ToDictionary(requirement => requirement.Id);

    // An interrupted shard may lack the last targets: the longest list has them all, in the order of the command line.
    private static IEnumerable<(string Target, string Dialect)> Targets(IEnumerable<(Shard Shard, string File, ReportedRun Run)> shards) =>
        shards.Select(shard => shard.Run.Targets).MaxBy(targets => targets.Count)!.Select(target => (target.Target, target.Dialect));

    private static ReportedTarget Target((string Target, string Dialect) key, int place, List<(Shard Shard, string File, ReportedRun Run)> shards)
    {
        // By place, which is the same in all: a target may have been named twice.
        var parts = shards
            .Select(shard => (shard.Shard, Target: shard.Run.Targets.ElementAtOrDefault(place)))
            .Where(part => part.Target is not null)
            .Select(part => (part.Shard, Target: part.Target!))
            .ToList();
        List<ReportedCase> cases = [.. parts.SelectMany(part => part.Target.Cases).OrderBy(one => one.Place)];
        if (cases.Zip(cases.Skip(1)).FirstOrDefault(pair => pair.First.Place == pair.Second.Place) is { First: { } twice })
        {
            throw new InvalidDataException($"{twice.Name} on {key.Target} as {key.Dialect} is in two shards: they are not of one run");
        }

        int red = cases.Count(one => one.Exchange is not null && one.Verdict is Verdict.Fail or Verdict.Blocked);
        return new ReportedTarget
        {
            Target = key.Target,
            Dialect = key.Dialect,
            Cases = cases,
            Failure = Failure(
            [
                .. shards
                    .Select(shard => (shard.Shard, Found: parts.FirstOrDefault(part => part.Shard == shard.Shard).Target))
                    .Select(shard => (shard.Shard, Failure: shard.Found is { } found ? found.Failure : "interrupted before this target"))
                    .Where(shard => shard.Failure is not null)
                    .Select(shard => (shard.Shard, shard.Failure!)),
            ]),
            TimelessMilliseconds = parts.Sum(part => part.Target.TimelessMilliseconds),
            Timeless = parts.Sum(part => part.Target.Timeless),
            Guesses = red == 0 ? [] : DialectGuess.Best(Sum(parts.SelectMany(part => part.Target.Fits)), red),
        };
    }

    private static IEnumerable<DialectGuess> Sum(IEnumerable<DialectGuess> fits) => fits
        .GroupBy(fit => fit.Dialect)
        .Select(group => new DialectGuess(group.Key, group.Sum(fit => fit.Differences), group.Sum(fit => fit.Judged), group.Sum(fit => fit.Explained)));

    private static string? Failure(IReadOnlyList<(Shard Shard, string Failure)> failures) =>
        failures.Count == 0 ? null
        : failures.Count == failures[0].Shard.Of && failures.All(failure => failure.Failure == failures[0].Failure) ? failures[0].Failure
        : string.Join("; ", failures
            .GroupBy(failure => failure.Failure)
            .Select(group => $"{(group.Count() == 1 ? "shard" : "shards")} {string.Join(", ", group.Select(failure => failure.Shard))}: {group.Key}"));

    // What one run over all variants would end with. A shard that could drive nothing ends with 0, since others may.
    private static int ExitCode(IReadOnlyList<int> codes, IReadOnlyList<ReportedTarget> targets)
    {
        int worst = codes.MinBy(code => Array.IndexOf(s_codes, code) is var rank and >= 0 ? rank : -1);
        return worst == 0 && targets.All(target => target.Cases.All(one => one.Exchange is null)) ? 4 : worst;
    }
}
