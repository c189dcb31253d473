using RexecConformance.Comparing;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results.Changes;

/// <summary>What is different between two results: of two runs, or of two versions of a server. Times are not compared.</summary>
public sealed record RunChanges
{
    /// <summary>The older result.</summary>
    public required ReportedRun Old { get; init; }

    /// <summary>The newer result.</summary>
    public required ReportedRun New { get; init; }

    /// <summary>Targets side by side.</summary>
    public required IReadOnlyList<TargetPair> Pairs { get; init; }

    /// <summary>What changed, the worst first, else in the order of the new result.</summary>
    public required IReadOnlyList<VariantChange> Changes { get; init; }

    /// <summary>How many variants are in both.</summary>
    public required int InBoth { get; init; }

    /// <summary>Whether something is red that was not, or is gone, or a target was not judged to the end.</summary>
    public bool AnyWorse => Changes.Any(change => change.IsWorse) || Pairs.Any(pair => pair.NewFailure is not null);

    /// <summary>Compares.</summary>
    /// <exception cref="InvalidDataException">They have no target in common, or are of different parts of a run.</exception>
    public static RunChanges Of(ReportedRun old, ReportedRun now)
    {
        if (old.Shard != now.Shard)
        {
            throw new InvalidDataException($"the results are {Part(now)} and {Part(old)}: merge the shards first");
        }

        List<TargetPair> pairs = Pair(old, now);
        if (!pairs.Any(pair => pair is { Old: not null, New: not null }))
        {
            throw new InvalidDataException("the results have no target in common");
        }

        var changes = new List<VariantChange>();
        int both = 0;
        foreach (TargetPair pair in pairs)
        {
            Dictionary<string, ReportedCase> before = pair.Old?.ByName() ?? [];
            Dictionary<string, ReportedCase> after = pair.New?.ByName() ?? [];
            foreach (string name in after.Keys.Concat(before.Keys.Where(name => !after.ContainsKey(name))))
            {
                ReportedCase? was = before.GetValueOrDefault(name);
                ReportedCase? @is = after.GetValueOrDefault(name);
                both += was is not null && @is is not null ? 1 : 0;
                if (Change(pair, name, was, @is) is { } change)
                {
                    changes.Add(change);
                }
            }
        }

        return new RunChanges { Old = old, New = now, Pairs = pairs, Changes = [.. changes.OrderBy(change => change.Kind)], InBoth = both };
    }

    private static VariantChange? Change(TargetPair pair, string name, ReportedCase? was, ReportedCase? @is)
    {
        var row = new ComparedRow(name, [was is null ? null : ComparedCell.Of(was), @is is null ? null : ComparedCell.Of(@is)]);
        IReadOnlyList<string> what = What(row);
        ChangeKind? kind = (was, @is) switch
        {
            (_, null) => ChangeKind.Gone,
            (null or { IsRed: false }, { IsRed: true }) => ChangeKind.NowRed,
            (null, _) => ChangeKind.New,
            ({ IsRed: true }, { IsRed: false }) => ChangeKind.NoLongerRed,
            _ when was!.Verdict != @is!.Verdict => ChangeKind.Verdict,
            _ when what.Count > 0 => ChangeKind.Answer,
            _ => null,
        };
        return kind is { } known ? new VariantChange(known, pair, name, was, @is, what, row) : null;
    }

    private static IReadOnlyList<string> What(ComparedRow row)
    {
        if (row.Cells is not [{ Exchanges: [{ } a] }, { Exchanges: [{ } b] }])
        {
            return [];
        }

        var what = new SortedSet<string>(StringComparer.Ordinal);
        if (a.ConnectError != b.ConnectError)
        {
            _ = what.Add("connection");
        }

        foreach ((ComparedStream one, ComparedStream other, StreamName name) in new[] { (a.Primary, b.Primary, StreamName.Primary), (a.Aux, b.Aux, StreamName.Aux) })
        {
            if (!row.Differ(a, b, name) || one.Unjudged || other.Unjudged)
            {
                continue;
            }

            _ = one.Connected != other.Connected ? what.Add("connection") : what.Add(one.SameBytes(other) ? "end" : "bytes");
            if (one.Connected && other.Connected && one.DiffersFrom(other with { Bytes = one.Bytes, Digest = one.Digest }, name == StreamName.Primary ? row.PrimaryRace : row.AuxRace))
            {
                _ = what.Add("end");
            }
        }

        return [.. what];
    }

    // By name and dialect, one after the other where a target was named twice; then by name, and where one of each is left, those.
    private static List<TargetPair> Pair(ReportedRun old, ReportedRun now)
    {
        List<ReportedTarget> left = [.. old.Targets];
        var found = new ReportedTarget?[now.Targets.Count];
        Match((was, @is) => was.Target == @is.Target && was.Dialect == @is.Dialect, firstOfMany: true);
        Match((was, @is) => was.Target == @is.Target);
        if (old.Targets.Count == 1 && now.Targets.Count == 1)
        {
            Match((_, _) => true);
        }

        return [.. now.Targets.Select((target, i) => new TargetPair(found[i], target)), .. left.Select(target => new TargetPair(target, null))];

        void Match(Func<ReportedTarget, ReportedTarget, bool> same, bool firstOfMany = false)
        {
            for (int i = 0; i < found.Length; i++)
            {
                List<ReportedTarget> alike = found[i] is null ? [.. left.Where(was => same(was, now.Targets[i]))] : [];
                if (alike.Count == 1 || (firstOfMany && alike.Count > 1))
                {
                    found[i] = alike[0];
                    _ = left.Remove(alike[0]);
                }
            }
        }
    }

    private static string Part(ReportedRun run) => run.Shard is { } shard ? $"shard {shard}" : "a whole run";
}
