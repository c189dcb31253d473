using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>A result without passwords, for reports that hold bytes: each byte of a known password becomes a star.</summary>
public static class RedactedResult
{
    /// <summary>All results of a target without the passwords of its accounts.</summary>
    public static TargetResult Of(TargetResult target, IReadOnlyCollection<string> passwords) =>
        target with { Results = [.. target.Results.Select(result => Of(result, Redaction.Of(passwords, result.Variant.Scenario)))] };

    private static VariantResult Of(VariantResult result, Redaction redaction)
    {
        bool holds = new[] { result.Transcript?.Primary.Bytes, result.Transcript?.Aux.Bytes }
            .Concat((result.Expected is { } e ? e.Primary.Content.Parts.Concat(e.Aux.Content.Parts) : []).Select(part => part.Bytes))
            .Any(bytes => bytes is not null && redaction.Hides(bytes));
        if (!holds)
        {
            return result;
        }

        List<string> texts = [.. CaseText.Findings(result, redaction)];
        return result with
        {
            Reason = result.Findings.Count == 0 ? result.Reason : string.Join("; ", texts),
            Findings = [.. result.Findings.Zip(texts, (finding, text) => finding with { Text = text })],
            Expected = result.Expected is { } expected
                ? expected with { Primary = Of(expected.Primary, redaction), Aux = Of(expected.Aux, redaction) }
                : null,
            Transcript = result.Transcript is { } transcript
                ? transcript with { Primary = Of(transcript.Primary, redaction), Aux = Of(transcript.Aux, redaction) }
                : null,
        };
    }

    private static ExpectedStream Of(ExpectedStream stream, Redaction redaction) => stream with
    {
        Content = new ExpectedContent([.. stream.Content.Parts.Select(part => part.Bytes is { } bytes ? part with { Bytes = Masked(bytes, redaction) } : part)]),
    };

    private static StreamTranscript Of(StreamTranscript stream, Redaction redaction) =>
        stream with { Bytes = Masked(stream.Bytes, redaction), Chunks = [] };

    private static byte[] Masked(byte[] bytes, Redaction redaction)
    {
        bool[] mask = redaction.Seen(bytes);
        return [.. bytes.Select((b, i) => mask[i] ? (byte)'*' : b)];
    }
}
