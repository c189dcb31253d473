using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>Whether a server ended the primary connection in its time: not before a time-out or a command was over, and not after the last that its dialect states.</summary>
internal static class EndTime
{
    // Over sockets a client sees an end later than it is made, and its clock begins at another moment than the server's.
    private static readonly TimeSpan s_soonerBy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_laterBy = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong, in a word or two, or null.</summary>
    /// <param name="predicted">What is demanded.</param>
    /// <param name="outcome">What came.</param>
    /// <param name="exact">Times are virtual: not a tick is lost.</param>
    public static string? Of(PredictedAnswer predicted, FuzzOutcome outcome, bool exact) =>
        outcome.Primary is not { End: StreamEnd.Fin or StreamEnd.Rst, EndedAt: { } at } ? null
        : predicted.EndsAfter is { } after && at < after - (exact ? TimeSpan.Zero : s_soonerBy) ? "ended-too-soon"
        : predicted.EndsWithin is { } within && at > within + (exact ? TimeSpan.Zero : s_laterBy) ? "ended-too-late"
        : null;

    /// <summary>The same of a command that began as it should and then was cut off: which bytes are missing for that is another matter for each command.</summary>
    /// <param name="predicted">What is demanded.</param>
    /// <param name="outcome">What came.</param>
    /// <param name="exact">Times are virtual: not a tick is lost.</param>
    public static string? CutOff(PredictedAnswer predicted, FuzzOutcome outcome, bool exact) =>
        predicted.EndsAfter is not null && predicted.Primary.Content is { IsLiteral: true, MinLength: > 0 } content && SameStart(content.LiteralBytes, outcome.Primary.Bytes)
            ? Of(predicted, outcome, exact)
            : null;

    /// <summary>Whether two byte strings begin alike, or are both empty.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    public static bool SameStart(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.IsEmpty ? other.IsEmpty : !other.IsEmpty && one[0] == other[0];

    /// <summary>Whether the client gave up before the server's end was due, so that an open connection is right.</summary>
    /// <param name="predicted">What is demanded.</param>
    /// <param name="outcome">What came.</param>
    /// <param name="exact">Times are virtual: not a tick is lost.</param>
    public static bool Waits(PredictedAnswer predicted, FuzzOutcome outcome, bool exact) =>
        outcome.Primary is { Connected: true, End: StreamEnd.Open } && predicted.EndsAfter is { } after
        && outcome.Duration < after + (exact ? TimeSpan.Zero : s_soonerBy);
}
