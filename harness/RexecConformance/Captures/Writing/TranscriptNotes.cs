using System.Globalization;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Writing;

/// <summary>
/// What TCP cannot carry of a transcript, as packet comments that a person can read and <see cref="TranscriptReader"/> reads back:
/// <c>rexec/1 N WORD ...</c>, where N is the exchange's number in the file. Times are seconds since the exchange began.
/// </summary>
internal static class TranscriptNotes
{
    /// <summary>How each note begins.</summary>
    public const string Prefix = "rexec/1 ";

    /// <summary>On the first packet of an exchange.</summary>
    public const string Transcript = "transcript";

    /// <summary>On a packet whose send goes on in the next one.</summary>
    public const string Part = "part";

    /// <summary>What the client did beside sending, before this packet.</summary>
    public const string Did = "did";

    /// <summary>The same, after the last packet.</summary>
    public const string Then = "then";

    /// <summary>An end that no packet shows, or what is to be known of one.</summary>
    public const string End = "end";

    /// <summary>A wait that was not met.</summary>
    public const string Unmet = "unmet";

    /// <summary>Why there is no connection.</summary>
    public const string Error = "connect-error";

    /// <summary>Times and counts of the whole.</summary>
    public const string Done = "done";

    /// <summary>The client's port is made up: the connection never was, and nobody knows which it had.</summary>
    public const string NoLocal = "local-unknown";

    /// <summary>A note.</summary>
    public static string Of(int exchange, string word, string text = "") => $"{Prefix}{exchange} {word}{(text.Length > 0 ? " " + text : "")}";

    /// <summary>The text of an event without bytes.</summary>
    public static string Event(TranscriptEvent done) => $"{Time(done.At)} {Name(done.Stream)} {done.Text}";

    /// <summary>The text of an end.</summary>
    public static string Ended(StreamName stream, StreamTranscript seen) =>
        $"{Time(seen.EndAt)} {Name(stream)} {seen.End.ToString().ToLowerInvariant()}{(seen.Overflow ? " overflow" : "")}{(seen.Uncertain ? " uncertain" : "")}";

    /// <summary>The text of the whole.</summary>
    public static string Counts(Transcript seen) =>
        $"steps={Time(seen.StepsDoneAt)} duration={Time(seen.Duration)} fragments={seen.Fragments} segments={seen.Segments} proof={seen.SegmentProof.ToString().ToLowerInvariant()}";

    /// <summary>Takes a comment apart; false if it is no note.</summary>
    public static bool TryRead(string comment, out int exchange, out string word, out string text)
    {
        (exchange, word, text) = (0, "", "");
        if (!comment.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = comment[Prefix.Length..].Split(' ', 3);
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out exchange))
        {
            return false;
        }

        (word, text) = (parts[1], parts.Length > 2 ? parts[2] : "");
        return true;
    }

    /// <summary>The event that a note tells.</summary>
    /// <exception cref="FormatException">It tells none.</exception>
    public static TranscriptEvent ReadEvent(string text)
    {
        string[] parts = text.Split(' ', 3);
        return parts.Length < 3
            ? throw new FormatException($"'{text}' is no event")
            : new TranscriptEvent(ReadTime(parts[0]), ReadName(parts[1]), parts[2] == TranscriptCapture.Sent ? [] : null, parts[2]);
    }

    /// <summary>Seconds with all seven digits that a tick of 100 ns has.</summary>
    public static string Time(TimeSpan time) => (time.Ticks / 10_000_000m).ToString("0.0000000", CultureInfo.InvariantCulture);

    /// <summary>The time of a text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan ReadTime(string text) => TimeSpan.FromTicks((long)(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) * 10_000_000m));

    /// <summary>The stream of a name; null for <c>-</c>.</summary>
    public static StreamName? ReadName(string text) => text == "-" ? null : Enum.Parse<StreamName>(text, ignoreCase: true);

    private static string Name(StreamName? stream) => stream?.ToString().ToLowerInvariant() ?? "-";
}
