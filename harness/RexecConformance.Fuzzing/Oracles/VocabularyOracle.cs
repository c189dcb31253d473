using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>A diagnostic that no dialect has, where the target's own dialect does not say what must come.</summary>
internal sealed class VocabularyOracle(Vocabulary vocabulary)
{
    // Longer ones are no diagnostics but output.
    private const int Longest = 400;

    public Symptom? Check(string dialect, int party, PredictedAnswer predicted, FuzzOutcome outcome, Func<byte[]> sent) =>
        predicted.Primary.Content is null && outcome.Primary.Bytes is [1, ..] bytes && !vocabulary.TextsAreOpen(dialect) && !Known(outcome.Primary, sent)
            ? new Symptom
            {
                Oracle = OracleKind.Vocabulary,
                Party = party,
                Dialect = dialect,
                Stream = StreamName.Primary,
                Aspect = Aspect.Bytes,
                Reply = predicted.Unspecified is null ? predicted.Reply : "",
                Expected = "known-text",
                Seen = Kind(bytes),
            }
            : null;

    // What the client itself sent may come back: from a command that copies its input.
    private bool Known(OutcomeStream seen, Func<byte[]> sent) =>
        seen.Bytes.Length > Longest
        || vocabulary.Says(Text(seen.Bytes))
        || (seen.End == StreamEnd.Left && vocabulary.Begins(Text(seen.Bytes)))
        || sent().AsSpan().IndexOf(seen.Bytes) >= 0;

    // Servers that lose the end of a text go on with a NUL, or with output.
    private static string Text(byte[] bytes)
    {
        int end = bytes.AsSpan(1).IndexOfAnyInRange((byte)0, (byte)0x1f);
        return ByteText.Latin1.GetString(bytes, 1, end < 0 ? bytes.Length - 1 : end);
    }

    // Numbers and what follows a colon are a system's or a client's words, not the server's.
    private static string Kind(byte[] bytes)
    {
        string text = Text(bytes);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return Slug.Of(new string([.. (colon > 0 ? text[..colon] : text).Where(c => !char.IsDigit(c)).Take(40)])) is { Length: > 0 } slug ? slug : "without-text";
    }
}
