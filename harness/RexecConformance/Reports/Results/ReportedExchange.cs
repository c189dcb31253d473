using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results;

/// <summary>What was done in one exchange, and what came.</summary>
public sealed record ReportedExchange
{
    /// <summary>What the client did, in order.</summary>
    public required IReadOnlyList<ReportedEvent> Did { get; init; }

    /// <summary>The primary connection.</summary>
    public required ReportedStream Primary { get; init; }

    /// <summary>The auxiliary connection.</summary>
    public required ReportedStream Aux { get; init; }

    /// <summary>The end of the last step, since the exchange began.</summary>
    public required TimeSpan StepsDoneAt { get; init; }

    /// <summary>Why the primary connection could not be made, or null.</summary>
    public string? ConnectError { get; init; }

    /// <summary>Fragments sent on the primary connection.</summary>
    public required int Fragments { get; init; }

    /// <summary>Data segments that the kernel counted on the primary connection; -1 if it does not tell.</summary>
    public required int Segments { get; init; }

    /// <summary>Whether each fragment was a segment of its own.</summary>
    public required SegmentProof SegmentProof { get; init; }

    /// <summary>How long the exchange took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>A stream by name.</summary>
    public ReportedStream Stream(StreamName name) => name == StreamName.Primary ? Primary : Aux;
}

/// <summary>One thing that the client did.</summary>
/// <param name="At">Since the exchange began.</param>
/// <param name="Stream">The stream concerned, or null.</param>
/// <param name="Sent">Bytes sent as one segment, or null.</param>
/// <param name="Text">In words: sent, half-close, reset, pause, await...</param>
public sealed record ReportedEvent(TimeSpan At, StreamName? Stream, ReportedBytes? Sent, string Text);
