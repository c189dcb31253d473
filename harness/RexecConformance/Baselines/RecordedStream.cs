using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Baselines;

/// <summary>What one stream brought, without anything that changes from one run to the next.</summary>
/// <param name="Connected">Whether there was a connection.</param>
/// <param name="Bytes">All bytes received.</param>
/// <param name="End">How it ended.</param>
/// <param name="NotBefore">The end came no earlier after the last step than this bound of the expectation, or null.</param>
/// <param name="Within">The end came no later after the last step than this bound of the expectation, or null.</param>
public sealed record RecordedStream(bool Connected, byte[] Bytes, RecordedEnd End, TimeSpan? NotBefore = null, TimeSpan? Within = null)
{
    /// <summary>More than the driver keeps came; the rest was not read.</summary>
    public bool Overflow { get; init; }

    /// <summary>A stream that is not judged is not kept: what it brings depends on the client alone.</summary>
    public bool Unjudged { get; init; }

    /// <summary>A stream that never came to be.</summary>
    public static RecordedStream NotConnected { get; } = new(false, [], RecordedEnd.Open);

    /// <summary>Reduces a stream to what can be recorded twice.</summary>
    public static RecordedStream Of(ExpectedStream expected, StreamTranscript seen, TimeSpan stepsDone)
    {
        if (!expected.Check)
        {
            return NotConnected with { Unjudged = true };
        }

        if (!seen.Connected)
        {
            return NotConnected;
        }

        TimeSpan after = seen.EndAt - stepsDone;
        bool ended = seen.End != StreamEnd.Open;
        bool race = expected.End is EndRule.Closed or EndRule.Unread && seen.End is StreamEnd.Fin or StreamEnd.Rst;
        (TimeSpan? least, TimeSpan? most) = ended ? Bounds(expected, after) : (null, null);

        // What may follow a beginning or not is left to chance.
        byte[] bytes = expected.Content.Beginning is { } beginning && seen.Bytes.AsSpan().StartsWith(beginning) ? beginning : seen.Bytes;
        return new RecordedStream(true, bytes, race ? RecordedEnd.Closed : Enum.Parse<RecordedEnd>(seen.End.ToString()), least, most)
        {
            Overflow = seen.Overflow,
        };
    }

    // What was within the bounds of its expectation is kept as these. What was not, as its half second, without what would do.
    private static (TimeSpan? Least, TimeSpan? Most) Bounds(ExpectedStream expected, TimeSpan after)
    {
        TimeSpan floor = Floor(after);
        if (expected.NotBefore is { } least && after < least)
        {
            return (floor, Min(floor + s_half, least - s_step));
        }

        return expected.Within is { } most && after > most
            ? (Max(floor, most + s_step), Max(floor, most + s_step) + s_half)
            : (expected.NotBefore, expected.Within);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>The stream as a transcript. A time within the bounds stands for the one that was not kept.</summary>
    /// <param name="expected">What is expected of it now: of a race it brings the end that fits.</param>
    public StreamTranscript ToTranscript(ExpectedStream expected) => Connected ? new StreamTranscript
    {
        Connected = true,
        Chunks = [new ReceivedChunk(TimeSpan.Zero, Bytes)],
        Bytes = Bytes,
        End = End switch
        {
            RecordedEnd.Open => StreamEnd.Open,
            RecordedEnd.Left => StreamEnd.Left,
            RecordedEnd.Rst => StreamEnd.Rst,
            RecordedEnd.Closed when expected.End is EndRule.Rst => StreamEnd.Rst,
            _ => StreamEnd.Fin,
        },
        EndAt = Time(expected),
        Overflow = Overflow,
    } : StreamTranscript.NotConnected;

    // A recorded time is an interval: it is red only where no time in it would do.
    private TimeSpan Time(ExpectedStream expected)
    {
        TimeSpan least = NotBefore ?? TimeSpan.Zero;
        TimeSpan most = Within ?? TimeSpan.MaxValue;
        TimeSpan wanted = expected.NotBefore ?? least;
        return wanted < least ? least : wanted > most ? most : wanted;
    }

    private static readonly TimeSpan s_half = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    private static TimeSpan Floor(TimeSpan time) =>
        time <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(time.Ticks / s_half.Ticks * s_half.Ticks);

    /// <inheritdoc/>
    public bool Equals(RecordedStream? other) => other is not null
        && (Connected, End, NotBefore, Within, Overflow, Unjudged) == (other.Connected, other.End, other.NotBefore, other.Within, other.Overflow, other.Unjudged)
        && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Connected, Bytes.Length, End);
}
