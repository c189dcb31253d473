using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results;

/// <summary>What one stream brought from the server.</summary>
public sealed record ReportedStream
{
    /// <summary>Most pieces that are told one by one: the first ones, and the last.</summary>
    public const int MostPieces = 9;

    /// <summary>Whether there was a connection at all.</summary>
    public required bool Connected { get; init; }

    /// <summary>When it was there, since the exchange began.</summary>
    public TimeSpan ConnectedAt { get; init; }

    /// <summary>Everything received, in order.</summary>
    public ReportedBytes Bytes { get; init; } = ReportedBytes.None;

    /// <summary>What came at once, in order: the first pieces, and the last one where there are more than <see cref="MostPieces"/>.</summary>
    public IReadOnlyList<ReportedPiece> Pieces { get; init; } = [];

    /// <summary>How many pieces there were.</summary>
    public int PieceCount { get; init; }

    /// <summary>How it ended.</summary>
    public StreamEnd End { get; init; }

    /// <summary>When it ended (or when watching stopped), since the exchange began.</summary>
    public TimeSpan EndAt { get; init; }

    /// <summary>True if the server sent more than the driver keeps; the rest was not read.</summary>
    public bool Overflow { get; init; }
}

/// <summary>Bytes that were received at once.</summary>
/// <param name="At">Since the exchange began.</param>
/// <param name="Length">How many.</param>
public sealed record ReportedPiece(TimeSpan At, int Length);
