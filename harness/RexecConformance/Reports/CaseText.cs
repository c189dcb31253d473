using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>One red case in words: what differs, the bytes, what was done, what demands it, and how to see it again.</summary>
internal static class CaseText
{
    private const int MaxFinding = 160;

    /// <summary>The findings, one line each.</summary>
    public static IEnumerable<string> Findings(VariantResult result, Redaction redaction)
    {
        if (result.Findings.Count == 0)
        {
            yield return PlainText.OneLine(result.Reason);
        }

        foreach (Finding finding in result.Findings)
        {
            StreamTranscript? seen = finding.Stream is { } name ? result.Transcript?.Stream(name) : null;
            bool rightText = seen is not null && !result.Findings.Any(f => f.Stream == finding.Stream && f.Kind is FindingKind.Bytes);
            if (finding.Kind == FindingKind.End && rightText)
            {
                string right = seen!.Bytes.Length == 0 ? "no text, as expected" : "right text";
                yield return $"{Words.Of(finding.Stream!.Value)}: {right}, but {Words.Short(seen.End)} ({PlainText.OneLine(finding.Text)})";
            }
            else if (finding.Kind == FindingKind.Bytes && finding.Stream is { } stream && HoldsPassword(result, stream, redaction))
            {
                // The finding's own text may hold the bytes, cut anywhere.
                yield return $"{Words.Of(stream)}: wrong bytes" + (finding.Offset < 0 ? "" : $" from offset {finding.Offset}");
            }
            else
            {
                // Bytes are shown in full below.
                string text = PlainText.OneLine(finding.Text);
                yield return finding.Kind == FindingKind.Bytes && text.Length > MaxFinding ? text[..MaxFinding] + "..." : text;
            }
        }
    }

    /// <summary>The whole case.</summary>
    /// <param name="result">The case.</param>
    /// <param name="tree">Its requirements.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="before">The case that was written right before: what both rest on is not written twice.</param>
    public static IEnumerable<string> Lines(VariantResult result, ScenarioTree tree, SummaryOptions options, VariantResult? before = null)
    {
        var paint = new Paint(options.Colour);
        Scenario scenario = result.Variant.Scenario;
        Redaction redaction = options.ShowPasswords ? Redaction.None : Redaction.Of(options.Passwords, scenario);
        yield return paint.Red(Words.Of(result.Verdict).ToUpperInvariant()) + " " + paint.Bold(PlainText.OneLine(scenario.Title));
        yield return PlainText.OneLine($"  {result.Variant.Name} on {result.Target}, judged as {result.Dialect}");
        foreach (string finding in Findings(result, redaction))
        {
            yield return "  - " + paint.Red(finding);
        }

        IEnumerable<string> sections = Streams(result, redaction, paint)
            .Concat(RestsOnTheSame(result, before) ? ["requirements and basis: the same"] : Demands(scenario, tree, result.Dialect).Concat(Basis(result)));
        foreach (string line in sections)
        {
            yield return "  " + line;
        }

        yield return "  again: " + paint.Bold(PlainText.OneLine(result.Reproduce));
    }

    private static IEnumerable<string> Streams(VariantResult result, Redaction redaction, Paint paint)
    {
        if (result.Transcript is not { } transcript)
        {
            return [];
        }

        IEnumerable<string> events = TranscriptText.Lines(transcript, redaction).Select(line => "  " + line);
        string segments = transcript.Segments < 0 ? "" : $", {Words.Count(transcript.Segments, "TCP segment")}";
        string heading = $"what was done ({Words.Count(transcript.Fragments, "fragment")}{segments}; passwords {(redaction == Redaction.None ? "shown" : "are stars")})";
        return new StreamText(StreamName.Primary, transcript.StepsDoneAt, redaction, paint).Lines(result.Expected?.Primary, transcript.Primary)
            .Concat(new StreamText(StreamName.Aux, transcript.StepsDoneAt, redaction, paint).Lines(result.Expected?.Aux, transcript.Aux))
            .Append(heading)
            .Concat(events);
    }

    /// <summary>The requirements with their quotations: those of one dialect, or all where none is said to be that dialect's.</summary>
    internal static IEnumerable<string> Demands(Scenario scenario, ScenarioTree tree, string? dialect = null)
    {
        if (scenario.Requires.Count == 0)
        {
            yield break;
        }

        yield return "requirements";
        bool OfDialect(string id) => tree.Requirements.TryGetValue(id, out Requirement? found) && found.Systems.Contains(dialect);
        bool some = dialect is not null && scenario.Requires.Any(OfDialect);
        foreach (string id in scenario.Requires.Where(id => !some || OfDialect(id)))
        {
            if (!tree.Requirements.TryGetValue(id, out Requirement? requirement))
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

    private static IEnumerable<string> Basis(VariantResult result) => result.Expected is { Basis.Count: > 0 } expected
        ? expected.Basis.Select(line => "  " + PlainText.OneLine(line.ToString())).Prepend("basis")
        : [];

    private static bool RestsOnTheSame(VariantResult result, VariantResult? before) =>
        before is not null
        && before.Variant.Scenario == result.Variant.Scenario
        && (before.Target, before.Dialect) == (result.Target, result.Dialect)
        && (before.Expected?.Basis ?? []).SequenceEqual(result.Expected?.Basis ?? []);

    private static bool HoldsPassword(VariantResult result, StreamName stream, Redaction redaction)
    {
        ExpectedStream? expected = stream == StreamName.Primary ? result.Expected?.Primary : result.Expected?.Aux;
        return redaction.Hides(result.Transcript?.Stream(stream).Bytes ?? [])
            || (expected?.Content.Parts.Any(part => part.Bytes is { } bytes && redaction.Hides(bytes)) ?? false);
    }
}
