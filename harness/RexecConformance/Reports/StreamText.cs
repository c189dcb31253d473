using RexecConformance.Reports.Results;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>One stream of a case: bytes expected and received, and how it ended.</summary>
/// <param name="one">The case, which was driven.</param>
/// <param name="name">Which stream.</param>
/// <param name="paint">Colours.</param>
internal sealed class StreamText(ReportedCase one, StreamName name, Paint paint)
{
    /// <summary>Bytes before and behind the first difference that are written as text.</summary>
    private const int Around = 40;

    private readonly ReportedExpectation? _expected = one.Expected(name);
    private readonly ReportedStream _seen = one.Exchange!.Stream(name);
    private readonly string _name = Words.Of(name);

    /// <summary>The lines, not indented.</summary>
    public IEnumerable<string> Lines()
    {
        if (_expected is { Check: false })
        {
            yield return $"{_name}: {(_seen.Connected ? "" : "not connected, ")}not judged" + (_seen.Connected ? $"; received {EscapedBytes.Quote(_seen.Bytes)}" : "");
            yield break;
        }

        if (!_seen.Connected)
        {
            yield return $"{_name}: not connected" + (_expected is { Connected: false } ? ", as expected" : "");
            if (_expected is { Connected: true })
            {
                yield return $"  expected {Describe(_expected)}";
            }

            yield break;
        }

        if (_expected is { Connected: false })
        {
            yield return $"{_name}: connected at {Words.Seconds(_seen.ConnectedAt)}, expected no connection";
        }

        foreach (string line in _expected is { Connected: true } ? Compared(_expected) : Received())
        {
            yield return line;
        }

        yield return "  " + End();
    }

    private IEnumerable<string> Compared(ReportedExpectation expected)
    {
        ReportedBytes received = _seen.Bytes;
        if (!one.HasWrongBytes(name) && !_seen.Overflow)
        {
            yield return $"{_name}: {Words.Count(received.Length, "byte")} as expected" + (received.Length == 0 ? "" : $": {EscapedBytes.Quote(received)}");
            yield break;
        }

        string more = _seen.Overflow ? " and more, not read to the end" : "";
        if (expected.Literal is not { } wanted)
        {
            yield return $"{_name}: received {Words.Count(received.Length, "byte")}{more}, which do not have the expected form";
            yield return $"  expected {Describe(expected)}";
            yield return $"  received {EscapedBytes.Quote(received)}";
            foreach (string row in HexRows.Of(null, received.Kept, -1, [], received.Mask()))
            {
                yield return "  " + row;
            }

            yield break;
        }

        int first = FirstDifference(wanted, received);
        yield return $"{_name}: expected {Words.Count(wanted.Length, "byte")}, received {received.Length}{more}"
            + (first < 0 ? "" : $"; the first difference is at offset {first}");
        if (first > Math.Min(wanted.Kept.Length, received.Kept.Length))
        {
            yield return $"  only the first {ReportedBytes.MostKept} bytes are kept";
            yield break;
        }

        foreach (string line in SideBySide(wanted, received, first))
        {
            yield return "  " + line;
        }
    }

    private IEnumerable<string> SideBySide(ReportedBytes wanted, ReportedBytes received, int first)
    {
        int from = Math.Max(0, first - Around);

        // A NUL right before the difference is written longer where a digit follows: then on both sides.
        int wide = IsDigit(wanted, first) || IsDigit(received, first) ? first - 1 : -1;
        yield return "expected " + Window(wanted, from, first, wide);
        yield return "received " + Window(received, from, first, wide);
        if (first >= 0)
        {
            string before = Window(received, from, first, wide, first);
            yield return paint.Red(new string(' ', "received ".Length + before.Length) + "^");
        }

        foreach (string row in HexRows.Of(wanted.Kept, received.Kept, first, wanted.Mask(), received.Mask()))
        {
            yield return row.StartsWith('!') ? paint.Red(row) : row;
        }
    }

    /// <summary>Where the bytes part: as the judge found it, else (both were cut, or hidden) as they are here.</summary>
    private int FirstDifference(ReportedBytes wanted, ReportedBytes received)
    {
        int found = one.Findings.Where(finding => finding.Stream == name && finding.Offset >= 0).Select(finding => finding.Offset).DefaultIfEmpty(-1).First();
        int common = wanted.Kept.AsSpan().CommonPrefixLength(received.Kept);
        return found >= 0 ? found : common == wanted.Length && common == received.Length ? -1 : common;
    }

    private static bool IsDigit(ReportedBytes bytes, int at) => at >= 0 && at < bytes.Kept.Length && char.IsAsciiDigit((char)bytes.Kept[at]);

    private static string Window(ReportedBytes bytes, int from, int first, int wide, int? until = null)
    {
        int to = Math.Min(bytes.Kept.Length, until ?? (Math.Max(0, first) + Around));
        string text = (from > 0 ? "..." : "") + "\"" + EscapedBytes.Range(bytes.Kept, bytes.Mask(), from, to, wide);
        return until is not null ? text : text + "\"" + (to < bytes.Length ? "..." : "");
    }

    private IEnumerable<string> Received()
    {
        yield return $"{_name}: received {Words.Count(_seen.Bytes.Length, "byte")}"
            + (_seen.Bytes.Length == 0 ? "" : $": {EscapedBytes.Quote(_seen.Bytes)}");
    }

    private static string Describe(ReportedExpectation expected) => expected.Literal is { } all
        ? EscapedBytes.Quote(all)
        : string.Join(' ', expected.Parts.Select(part => part.Bytes is { } bytes ? EscapedBytes.Quote(bytes) : $"<{PlainText.OneLine(part.Pattern!)}>"));

    private string End()
    {
        string was = _seen.End switch
        {
            StreamEnd.Open => $"still open after {After(_seen.EndAt)}",
            _ => $"{Words.Of(_seen.End)} after {After(_seen.EndAt)}",
        };
        return _expected is { Connected: true } ? $"end: expected {Words.Of(_expected.End)}{Words.Bounds(_expected)}; it was {was}" : $"end: {was}";
    }

    private string After(TimeSpan at) => Words.Seconds(at - one.Exchange!.StepsDoneAt);
}
