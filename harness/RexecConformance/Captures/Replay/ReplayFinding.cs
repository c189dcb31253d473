using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Replay;

/// <summary>What a finding is about.</summary>
public enum FindingKind
{
    /// <summary>Status byte and diagnostics, byte for byte.</summary>
    Handshake,

    /// <summary>What came before what.</summary>
    Order,

    /// <summary>How a stream ended.</summary>
    End,

    /// <summary>The command's own bytes.</summary>
    Output,

    /// <summary>Why a difference is no wonder: the property in which the two servers' dialects differ.</summary>
    Dialect,
}

/// <summary>One thing that was compared, or that could not be.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Stream">On which stream; null where it is about none.</param>
/// <param name="Text">In one line, what was captured and what was observed.</param>
/// <param name="IsDifference">Whether the target behaved differently from the captured server.</param>
public sealed record ReplayFinding(FindingKind Kind, StreamName? Stream, string Text, bool IsDifference)
{
    /// <summary>Whether two things were there to compare, and were.</summary>
    public bool Compared => Kind != FindingKind.Dialect
        && !Text.Contains("not compared", StringComparison.Ordinal) && !Text.Contains("nothing to compare", StringComparison.Ordinal);
}
