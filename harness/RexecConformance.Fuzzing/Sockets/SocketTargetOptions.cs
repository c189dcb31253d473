using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>What a target over sockets may be sent, and what is looked at beside it.</summary>
public sealed record SocketTargetOptions
{
    /// <summary>True if a real shell runs what clients ask for.</summary>
    public bool RealShell { get; init; }

    /// <summary>Whether a case can run nothing but what is harmless; asked of every case for a real shell, just before it is sent.</summary>
    public required Func<FuzzCase, IByteContext, bool> Harmless { get; init; }

    /// <summary>Cases under way at once, at least 1.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How long nothing may happen before a client goes.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same while few cases are under way, as when a find is made smaller; null is no less.</summary>
    public TimeSpan? QuietWithFew { get; init; }

    /// <summary>Connections a minute, each companion's too; 0 is no limit.</summary>
    public int PerMinute { get; init; }

    /// <summary>Connections in all; 0 is no limit.</summary>
    public long Most { get; init; }

    /// <summary>What the server's system holds of it, or null where that can't be seen.</summary>
    public ILeftovers? Leftovers { get; init; }
}
