using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>One stream of a red case: bytes expected and received, and how it ended.</summary>
/// <param name="name">Which stream.</param>
/// <param name="stepsDone">When the last step was done: the times of ends count from there.</param>
/// <param name="redaction">Hides passwords.</param>
/// <param name="paint">Colours.</param>
internal sealed class StreamText(StreamName name, TimeSpan stepsDone, Redaction redaction, Paint paint)
{
    /// <summary>Bytes before and behind the first difference that are written as text.</summary>
    private const int Around = 40;

    /// <summary>The lines, not indented.</summary>
    public IEnumerable<string> Lines(ExpectedStream? expected, StreamTranscript seen)
    {
        string stream = Words.Of(name);
        if (expected is { Check: false })
        {
            yield return $"{stream}: {(seen.Connected ? "" : "not connected, ")}not judged" + (seen.Connected ? $"; received {EscapedBytes.Quote(seen.Bytes, redaction.Seen(seen.Bytes))}" : "");
            yield break;
        }

        if (!seen.Connected)
        {
            yield return $"{stream}: not connected" + (expected is { Connected: false } ? ", as expected" : "");
            if (expected is { Connected: true })
            {
                yield return $"  expected {Describe(expected)}";
            }

            yield break;
        }

        if (expected is { Connected: false })
        {
            yield return $"{stream}: connected at {Words.Seconds(seen.ConnectedAt)}, expected no connection";
        }

        foreach (string line in expected is { Connected: true } ? Compared(stream, expected, seen) : Received(stream, seen))
        {
            yield return line;
        }

        yield return "  " + End(expected, seen);
    }

    private IEnumerable<string> Compared(string stream, ExpectedStream expected, StreamTranscript seen)
    {
        byte[] received = seen.Bytes;
        bool[] receivedMask = redaction.Seen(received);
        string quoted = EscapedBytes.Quote(received, receivedMask);
        if (expected.Content.Matches(received) && !seen.Overflow)
        {
            yield return $"{stream}: {Words.Count(received.Length, "byte")} as expected" + (received.Length == 0 ? "" : $": {quoted}");
            yield break;
        }

        string more = seen.Overflow ? " and more, not read to the end" : "";
        if (!expected.Content.IsLiteral)
        {
            yield return $"{stream}: received {Words.Count(received.Length, "byte")}{more}, which do not have the expected form";
            yield return $"  expected {Describe(expected)}";
            yield return $"  received {quoted}";
            foreach (string row in HexRows.Of(null, received, -1, [], receivedMask))
            {
                yield return "  " + row;
            }

            yield break;
        }

        byte[] wanted = expected.Content.LiteralBytes;
        bool[] wantedMask = redaction.Seen(wanted);
        int first = expected.Content.FirstDifference(received);
        yield return $"{stream}: expected {Words.Count(wanted.Length, "byte")}, received {received.Length}{more}"
            + (first < 0 ? "" : $"; the first difference is at offset {first}");
        int from = Math.Max(0, first - Around);

        // A NUL right before the difference is written longer where a digit follows: then on both sides.
        int wide = IsDigit(wanted, first) || IsDigit(received, first) ? first - 1 : -1;
        yield return "  expected " + Window(wanted, wantedMask, from, first, wide);
        yield return "  received " + Window(received, receivedMask, from, first, wide);
        if (first >= 0)
        {
            string before = Window(received, receivedMask, from, first, wide, first);
            yield return paint.Red(new string(' ', "  received ".Length + before.Length) + "^");
        }

        foreach (string row in HexRows.Of(wanted, received, first, wantedMask, receivedMask))
        {
            yield return "  " + (row.StartsWith('!') ? paint.Red(row) : row);
        }
    }

    private static bool IsDigit(byte[] bytes, int at) => at >= 0 && at < bytes.Length && char.IsAsciiDigit((char)bytes[at]);

    private static string Window(byte[] bytes, bool[] mask, int from, int first, int wide, int? until = null)
    {
        int to = Math.Min(bytes.Length, until ?? (Math.Max(0, first) + Around));
        string text = (from > 0 ? "..." : "") + "\"" + EscapedBytes.Range(bytes, mask, from, to, wide);
        return until is not null ? text : text + "\"" + (to < bytes.Length ? "..." : "");
    }

    private IEnumerable<string> Received(string stream, StreamTranscript seen)
    {
        yield return $"{stream}: received {Words.Count(seen.Bytes.Length, "byte")}"
            + (seen.Bytes.Length == 0 ? "" : $": {EscapedBytes.Quote(seen.Bytes, redaction.Seen(seen.Bytes))}");
    }

    private string Describe(ExpectedStream expected) =>
        expected.Content.IsLiteral
            ? EscapedBytes.Quote(expected.Content.LiteralBytes, redaction.Seen(expected.Content.LiteralBytes))
            : string.Join(' ', expected.Content.Parts.Select(part => part.Bytes is { } bytes
                ? EscapedBytes.Quote(bytes, redaction.Seen(bytes))
                : $"<{PlainText.OneLine(part.Pattern!)}>"));

    private string End(ExpectedStream? expected, StreamTranscript seen)
    {
        string was = seen.End switch
        {
            StreamEnd.Open => $"still open after {After(seen.EndAt)}",
            _ => $"{Words.Of(seen.End)} after {After(seen.EndAt)}",
        };
        return expected is { Connected: true } ? $"end: expected {Words.Of(expected.End)}{Words.Bounds(expected)}; it was {was}" : $"end: {was}";
    }

    private string After(TimeSpan at) => Words.Seconds(at - stepsDone);
}
