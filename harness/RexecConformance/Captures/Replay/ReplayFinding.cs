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

    /// <summary>The command's own bytes. Never a difference: two machines need not say the same.</summary>
    Output,
}

/// <summary>One thing that was compared, or that could not be.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Stream">On which stream.</param>
/// <param name="Text">In one line, what was captured and what was observed.</param>
/// <param name="IsDifference">Whether the target behaved differently from the captured server.</param>
public sealed record ReplayFinding(FindingKind Kind, StreamName Stream, string Text, bool IsDifference);
