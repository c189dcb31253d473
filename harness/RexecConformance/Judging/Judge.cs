using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Judging;

/// <summary>Compares a transcript with an expectation. Knows no server and no dialect.</summary>
public static class Judge
{
    /// <summary>Everything that was not as expected; empty is a pass.</summary>
    public static IReadOnlyList<Finding> Compare(ExpectedExchange expected, Transcript transcript)
    {
        var findings = new List<Finding>();
        if (expected.Primary.Connection is { } rule)
        {
            return NotTaken(rule, transcript);
        }

        if (transcript.ConnectError is { } error)
        {
            findings.Add(new Finding(FindingKind.Connection, StreamName.Primary, $"primary: no connection: {error}"));
            return findings;
        }

        CompareStream(StreamName.Primary, expected.Primary, transcript.Primary, transcript.StepsDoneAt, findings);
        CompareStream(StreamName.Aux, expected.Aux, transcript.Aux, transcript.StepsDoneAt, findings);
        if (!expected.NeverAnswers && !expected.AwaitsAnother)
        {
            findings.AddRange(transcript.UnmetAwaits.Select(text => new Finding(FindingKind.Await, null, text)));
        }

        return findings;
    }

    private static IReadOnlyList<Finding> NotTaken(ConnectionRule rule, Transcript transcript)
    {
        bool fits = rule == ConnectionRule.Refused
            ? transcript.ConnectError == Transcript.Refused
            : transcript.ConnectError is not null || transcript.Primary is { Bytes.Length: 0, End: StreamEnd.Fin or StreamEnd.Rst };
        string seen = transcript.ConnectError ?? (transcript.Primary.Bytes.Length > 0 ? "it was answered" : $"it {Words(transcript.Primary.End)}");
        return fits ? [] : [new Finding(
            FindingKind.Connection,
            StreamName.Primary,
            $"primary: expected {(rule == ConnectionRule.Refused ? "a refused connection" : "the client to be turned away")}, but: {seen}")];
    }

    private static void CompareStream(
        StreamName name, ExpectedStream expected, StreamTranscript seen, TimeSpan stepsDone, List<Finding> findings)
    {
        if (!expected.Check)
        {
            return;
        }

        string stream = name == StreamName.Primary ? "primary" : "aux";
        if (expected.Connected != seen.Connected)
        {
            findings.Add(new Finding(
                FindingKind.Connection,
                name,
                expected.Connected ? $"{stream}: the server did not connect" : $"{stream}: the server connected, which it should not"));
            return;
        }

        if (!expected.Connected)
        {
            return;
        }

        // Where the system drops data at a reset, a beginning of the right bytes is all that can be asked.
        bool cutOff = seen.Uncertain && expected.Content.IsLiteral && expected.Content.LiteralBytes.AsSpan().StartsWith(seen.Bytes);
        if (expected.Endless is { } unit)
        {
            if (!Repeats(unit, expected.Content.MinLength, seen.Bytes))
            {
                findings.Add(new Finding(FindingKind.Bytes, name, $"{stream}: expected \"{Clip(unit)}\" over and over, received \"{Clip(seen.Bytes)}\""));
            }
        }
        else if (!cutOff && !expected.Content.Matches(seen.Bytes))
        {
            int offset = expected.Content.FirstDifference(seen.Bytes);
            findings.Add(new Finding(FindingKind.Bytes, name, $"{stream}: {Difference(expected.Content, seen.Bytes, offset)}", offset));
        }

        if (seen.Overflow && expected.Endless is null)
        {
            findings.Add(new Finding(FindingKind.Bytes, name, $"{stream}: far more bytes than expected, not read to the end"));
        }

        CompareEnd(stream, name, expected, seen, stepsDone, findings);
    }

    private static void CompareEnd(
        string stream, StreamName name, ExpectedStream expected, StreamTranscript seen, TimeSpan stepsDone, List<Finding> findings)
    {
        bool fits = expected.End switch
        {
            EndRule.Fin => seen.End == StreamEnd.Fin,
            EndRule.Rst => seen.End == StreamEnd.Rst,
            EndRule.Open => seen.End == StreamEnd.Open,
            _ => seen.End is StreamEnd.Fin or StreamEnd.Rst,
        };
        if (!fits && seen.End != StreamEnd.Left && !seen.Overflow)
        {
            findings.Add(new Finding(FindingKind.End, name, $"{stream}: expected {Words(expected.End)}, but it {Words(seen.End)}"));
        }

        if (seen.End == StreamEnd.Open)
        {
            return;
        }

        TimeSpan end = seen.EndAt - stepsDone;
        if (expected.NotBefore is { } notBefore && end < notBefore)
        {
            findings.Add(new Finding(FindingKind.Time, name, $"{stream}: ended after {Seconds(end)}, expected not before {Seconds(notBefore)}"));
        }

        if (expected.Within is { } within && end > within)
        {
            findings.Add(new Finding(FindingKind.Time, name, $"{stream}: ended after {Seconds(end)}, expected within {Seconds(within)}"));
        }
    }

    // The stream is cut off wherever the client left: what came last may be a part.
    private static bool Repeats(byte[] unit, int least, byte[] seen) =>
        seen.Length >= least && !seen.Where((value, index) => value != unit[index % unit.Length]).Any();

    private static string Difference(ExpectedContent expected, byte[] seen, int offset)
    {
        if (offset < 0)
        {
            return $"expected {expected}, received \"{Clip(seen)}\"";
        }

        if (offset == seen.Length)
        {
            return $"expected {expected.LiteralBytes.Length - offset} more bytes after offset {offset}: \"{Clip(expected.LiteralBytes.AsSpan(offset))}\"";
        }

        if (offset == expected.LiteralBytes.Length)
        {
            return $"{seen.Length - offset} bytes too many from offset {offset}: \"{Clip(seen.AsSpan(offset))}\"";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"at offset {offset} expected {expected.LiteralBytes[offset]:x2}, received {seen[offset]:x2}: expected \"{Clip(expected.LiteralBytes)}\", received \"{Clip(seen)}\"");
    }

    private static string Clip(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= 80 ? ByteText.Escape(bytes) : ByteText.Escape(bytes[..72]) + $"... ({bytes.Length} bytes)";

    private static string Words(EndRule end) => end switch
    {
        EndRule.Fin => "an orderly close (FIN)",
        EndRule.Rst => "a reset (RST)",
        EndRule.Open => "it to stay open",
        _ => "a close",
    };

    private static string Words(StreamEnd end) => end switch
    {
        StreamEnd.Fin => "was closed in order (FIN)",
        StreamEnd.Rst => "was reset (RST)",
        _ => "was still open",
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");
}
