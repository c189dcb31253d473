using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Requirements;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>One case in words: what differs, the bytes, what was done, what demands it, and how to see it again.</summary>
internal static class CaseText
{
    private const int MaxFinding = 160;

    /// <summary>The findings, one line each; the reason where there are none.</summary>
    public static IEnumerable<string> Findings(ReportedCase one)
    {
        if (one.Findings.Count == 0)
        {
            yield return PlainText.OneLine(one.Reason);
        }

        foreach (Finding finding in one.Findings)
        {
            ReportedStream? seen = finding.Stream is { } name ? one.Exchange?.Stream(name) : null;
            string text = PlainText.OneLine(finding.Text);
            if (finding.Kind == FindingKind.End && seen is not null && !one.HasWrongBytes(finding.Stream!.Value))
            {
                string right = seen.Bytes.Length == 0 ? "no text, as expected" : "right text";
                yield return $"{Words.Of(finding.Stream.Value)}: {right}, but {Words.Short(seen.End)} ({text})";
            }
            else
            {
                // Bytes are shown in full below.
                yield return finding.Kind == FindingKind.Bytes && text.Length > MaxFinding ? text[..MaxFinding] + "..." : text;
            }
        }
    }

    /// <summary>The whole case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="run">The run that it is of: its requirements.</param>
    /// <param name="colour">Whether colour codes are written.</param>
    /// <param name="before">The case that was written right before: what both rest on is not written twice.</param>
    public static IEnumerable<string> Lines(ReportedCase one, ReportedRun run, bool colour, ReportedCase? before = null)
    {
        var paint = new Paint(colour);
        yield return paint.Red(Words.Of(one.Verdict).ToUpperInvariant()) + " " + paint.Bold(PlainText.OneLine(one.Title));
        yield return PlainText.OneLine($"  {one.Name} on {one.Target}, judged as {one.Dialect}");
        foreach (string finding in Findings(one))
        {
            yield return "  - " + paint.Red(finding);
        }

        IEnumerable<string> sections = Streams(one, run, paint)
            .Concat(RestsOnTheSame(one, before) ? ["requirements and basis: the same"] : Demands(one.Requires, run.Requirements).Concat(Basis(one)));
        foreach (string line in sections)
        {
            yield return "  " + line;
        }

        yield return "  again: " + paint.Bold(PlainText.OneLine(one.Reproduce));
    }

    /// <summary>Requirements with their quotations.</summary>
    internal static IEnumerable<string> Demands(IReadOnlyList<string> ids, IReadOnlyDictionary<string, Requirement> requirements)
    {
        if (ids.Count == 0)
        {
            yield break;
        }

        yield return "requirements";
        foreach (string id in ids)
        {
            if (!requirements.TryGetValue(id, out Requirement? requirement))
            {
                yield return "  " + PlainText.OneLine(id);
                continue;
            }

            yield return PlainText.OneLine($"  {id} ({requirement.Level}): {requirement.Says}");
            foreach (RequirementSource source in requirement.Sources)
            {
                yield return PlainText.OneLine($"    \"{source.Quote}\" ({source.Document}, {source.Place})");
            }
        }
    }

    private static IEnumerable<string> Streams(ReportedCase one, ReportedRun run, Paint paint)
    {
        if (one.Exchange is not { } exchange)
        {
            return [];
        }

        string segments = exchange.Segments < 0 ? "" : $", {Words.Count(exchange.Segments, "TCP segment")}";
        string heading = $"what was done ({Words.Count(exchange.Fragments, "fragment")}{segments}; passwords {(run.ShowsPasswords ? "shown" : "are stars")})";
        return new StreamText(one, StreamName.Primary, paint).Lines()
            .Concat(new StreamText(one, StreamName.Aux, paint).Lines())
            .Append(heading)
            .Concat(TranscriptText.Lines(exchange).Select(line => "  " + line));
    }

    private static IEnumerable<string> Basis(ReportedCase one) =>
        one.Basis.Count > 0 ? one.Basis.Select(line => "  " + PlainText.OneLine(line.ToString())).Prepend("basis") : [];

    private static bool RestsOnTheSame(ReportedCase one, ReportedCase? before) =>
        before is not null
        && (before.Id, before.Target, before.Dialect) == (one.Id, one.Target, one.Dialect)
        && before.Basis.SequenceEqual(one.Basis);
}
