using RexecConformance.Running;

namespace RexecConformance.Reports.Results.Merging;

/// <summary>Whether results are the shards of one run.</summary>
internal static class ShardsOfOneRun
{
    /// <summary>The shards in their order.</summary>
    /// <exception cref="InvalidDataException">They are not; the message names a file.</exception>
    public static List<(Shard Shard, string File, ReportedRun Run)> Check(IReadOnlyList<(string File, ReportedRun Run)> parts, bool partial)
    {
        List<(Shard Shard, string File, ReportedRun Run)> shards = [.. parts
            .Select(part => (Shard: Read(part.File, part.Run), part.File, part.Run))
            .OrderBy(part => part.Shard.Number)];
        (Shard shard, string file, ReportedRun first) = shards[0];
        foreach ((Shard other, string otherFile, ReportedRun run) in shards.Skip(1))
        {
            string both = $"{file} and {otherFile} are not of one run: ";
            if (other.Of != shard.Of)
            {
                throw new InvalidDataException($"{both}shard {shard} and shard {other}");
            }

            if (run.Suite != first.Suite)
            {
                throw new InvalidDataException($"{both}suite {first.Suite} and suite {run.Suite}");
            }

            if (run.Variants != first.Variants || run.Selection != first.Selection)
            {
                throw new InvalidDataException(run.Variants == first.Variants
                    ? $"{both}{run.Variants} variants each, but others: the filter or the scenarios differ"
                    : $"{both}{first.Variants} and {run.Variants} variants: the filter or the scenarios differ");
            }

        }

        // The longest list: beside one that was cut short any two would seem the same.
        (_, string fullFile, ReportedRun full) = shards.MaxBy(part => part.Run.Targets.Count);
        foreach ((_, string otherFile, ReportedRun run) in shards)
        {
            if (!SameTargets(full, run))
            {
                throw new InvalidDataException($"{fullFile} and {otherFile} are not of one run: the targets are {Targets(full)}, and {Targets(run)}");
            }
        }

        if (shards.Zip(shards.Skip(1)).FirstOrDefault(pair => pair.First.Shard == pair.Second.Shard) is { First.File: { } one, Second: { } twice })
        {
            throw new InvalidDataException($"{one} and {twice.File} are both shard {twice.Shard}");
        }

        List<int> missing = [.. Enumerable.Range(1, shard.Of).Except(shards.Select(part => part.Shard.Number))];
        return missing.Count == 0 || partial
            ? shards
            : throw new InvalidDataException(
                $"{(missing.Count == 1 ? "shard" : "shards")} {Some(missing, shard.Of)} missing, expected all {shard.Of} (--partial merges what there is)");
    }

    private static Shard Read(string file, ReportedRun run) => run.Shard is not { } text
        ? throw new InvalidDataException($"{file}: is the result of a whole run, expected one of run --shard")
        : Shard.TryParse(text)
        ?? throw new InvalidDataException($"{file}: was merged before, from shards {text}: expected the results of single shards");

    // A shard that was interrupted lacks the targets that it had not come to.
    private static bool SameTargets(ReportedRun one, ReportedRun other)
    {
        List<string> a = [.. one.Targets.Select(target => target.Name)];
        List<string> b = [.. other.Targets.Select(target => target.Name)];
        bool cut = (a.Count < b.Count ? one : other).ExitCode == 130;
        return a.SequenceEqual(b) || (cut && a.Zip(b).All(pair => pair.First == pair.Second));
    }

    private static string Targets(ReportedRun run) => string.Join(", ", run.Targets.Select(target => $"{target.Target} as {target.Dialect}"));

    private static string Some(IReadOnlyList<int> numbers, int of) =>
        string.Join(", ", numbers.Take(10).Select(number => $"{number}/{of}")) + (numbers.Count > 10 ? $" and {numbers.Count - 10} more" : "");
}
