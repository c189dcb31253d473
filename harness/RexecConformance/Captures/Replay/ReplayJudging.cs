using RexecConformance.Dialects;

namespace RexecConformance.Captures.Replay;

/// <summary>How what came back is compared with what was captured.</summary>
public sealed record ReplayJudging
{
    /// <summary>False: the command's own output is told, not judged. For commands that answer differently by machine and day.</summary>
    public bool Output { get; init; } = true;

    /// <summary>The dialects that the captured server may be of; empty where nothing tells.</summary>
    public IReadOnlyList<Dialect> Captured { get; init; } = [];

    /// <summary>The target's dialect, or null where nobody said.</summary>
    public Dialect? Target { get; init; }

    /// <summary>The user name that was sent in place of the captured one, or null: output that holds the captured one is to hold this.</summary>
    public byte[]? UserName { get; init; }
}
