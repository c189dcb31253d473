using RexecConformance.Judging;
using RexecConformance.Reports.Formats;

namespace RexecConformance.Reports.Results.Changes;

/// <summary>Changes as text for people: counts, then what changed, the worst first, the old answer beside the new.</summary>
public static class ChangesText
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="changes">What changed.</param>
    /// <param name="colour">Whether colour codes are written.</param>
    public static void Write(TextWriter output, RunChanges changes, bool colour)
    {
        var paint = new Paint(colour);
        output.WriteLine($"old: {RunSentences.Origin(changes.Old)}: {RunSentences.Outcome(changes.Old)}");
        output.WriteLine($"new: {RunSentences.Origin(changes.New)}: {RunSentences.Outcome(changes.New)}");
        foreach (TargetPair pair in changes.Pairs)
        {
            output.WriteLine(PlainText.OneLine($"{pair.Name}: {Counts(changes, pair)}"));
            if (pair.NewFailure is { } failure)
            {
                output.WriteLine(paint.Red(PlainText.OneLine($"  not judged to the end: {failure}")));
            }
        }

        foreach (IGrouping<ChangeKind, VariantChange> kind in changes.Changes.GroupBy(change => change.Kind))
        {
            output.WriteLine();
            string heading = $"{Heading(kind.Key)}: {Words.Count(kind.Count(), "variant")}";
            output.WriteLine(kind.First().IsWorse ? paint.Red(heading) : paint.Bold(heading));
            foreach (string line in Lines([.. kind], changes.Pairs.Count > 1, paint))
            {
                output.WriteLine(line);
            }
        }

        output.WriteLine();
        string sentence = Sentence(changes);
        output.WriteLine(changes.AnyWorse ? paint.Red(sentence) : paint.Green(sentence));
    }

    /// <summary>For example <c>3 changes in 612 variants, 1 of them for the worse</c>.</summary>
    internal static string Sentence(RunChanges changes)
    {
        int worse = changes.Changes.Count(change => change.IsWorse);
        int broken = changes.Pairs.Count(pair => pair.NewFailure is not null);
        return (changes.Changes.Count == 0
                ? $"nothing changed in {Words.Count(changes.InBoth, "variant")}"
                : $"{Words.Count(changes.Changes.Count, "change")}, {(worse == 0 ? "none" : $"{worse}")} for the worse; {Words.Count(changes.InBoth, "variant")} in both results")
            + (broken == 0 ? "" : $"; {Words.Count(broken, "target")} no longer judged to the end");
    }

    /// <summary>For example <c>610 variants as they were, 2 changed, 1 new, 0 gone</c>.</summary>
    internal static string Counts(RunChanges changes, TargetPair pair)
    {
        List<VariantChange> ofPair = [.. changes.Changes.Where(change => change.Pair == pair)];
        int added = ofPair.Count(change => change.Old is null);
        int gone = ofPair.Count(change => change.New is null);
        int changed = ofPair.Count - added - gone;
        int both = (pair.New?.Cases.Count ?? 0) - added;
        return $"{Words.Count(both - changed, "variant")} as they were, {changed} changed, {added} new, {gone} gone";
    }

    /// <summary>What a kind is called.</summary>
    internal static string Heading(ChangeKind kind) => kind switch
    {
        ChangeKind.NowRed => "red, and was not",
        ChangeKind.Gone => "gone",
        ChangeKind.Verdict => "another verdict",
        ChangeKind.Answer => "another answer, the same verdict",
        ChangeKind.New => "new",
        _ => "no longer red",
    };

    /// <summary>For example <c>username-15#whole: pass -> fail (bytes, end)</c>.</summary>
    internal static string Line(VariantChange change)
    {
        string verdicts = (change.Old, change.New) switch
        {
            ({ } old, null) => $"was {Words.Of(old.Verdict)}",
            (null, { } now) => $"{Words.Of(now.Verdict)}, new",
            ({ } old, { } now) when old.Verdict == now.Verdict => Words.Of(now.Verdict),
            ({ } old, { } now) => $"{Words.Of(old.Verdict)} -> {Words.Of(now.Verdict)}",
            _ => "",
        };
        return $"{change.Name}: {verdicts}{(change.What.Count == 0 ? "" : $" ({string.Join(", ", change.What)})")}";
    }

    /// <summary>The old answer beside the new, or why there is none.</summary>
    internal static IEnumerable<string> Details(VariantChange change, bool colour)
    {
        if (change.Row.Differs)
        {
            return ComparisonReport.Lines(change.Row, [$"old {change.Old!.Target}", $"new {change.New!.Target}"], Redaction.None, new Paint(colour));
        }

        return new (string When, ReportedCase? Case)[] { ("was", change.Old), ("is", change.New) }
            .Where(side => side.Case is { Verdict: not Verdict.Pass })
            .Select(side => PlainText.OneLine($"  {side.When} {Words.Of(side.Case!.Verdict)}: {side.Case.Reason}"));
    }

    // The same difference in another segmentation of the same scenario is written once.
    private static IEnumerable<string> Lines(IReadOnlyList<VariantChange> changes, bool severalTargets, Paint paint)
    {
        var written = new Dictionary<(TargetPair, string, string), string>();
        foreach (VariantChange change in changes)
        {
            List<string> details = [.. Details(change, paint.Colour)];
            string id = (change.New ?? change.Old)!.Id;
            (TargetPair, string, string) key = (change.Pair, id, string.Join('\n', details));
            string line = "  " + paint.Bold(PlainText.OneLine(Line(change))) + (severalTargets ? PlainText.OneLine($"  {change.Pair.Name}") : "");
            if (details.Count > 0 && written.TryGetValue(key, out string? first))
            {
                yield return $"{line}, as {first}";
                continue;
            }

            written[key] = change.Name;
            yield return line;
            foreach (string detail in details)
            {
                yield return "  " + detail;
            }
        }
    }
}
