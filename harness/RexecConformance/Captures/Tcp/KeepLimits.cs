namespace RexecConformance.Captures.Tcp;

/// <summary>How much of a capture is held in memory at once. What is over a limit is still counted, but its bytes are gone.</summary>
public sealed record KeepLimits
{
    /// <summary>Bounds for files of any size: 8 MiB of one direction of a stream, 32 MiB of all, 8,192 connections.</summary>
    public static KeepLimits Default { get; } = new();

    /// <summary>No bounds: every byte of every connection stays. For small files, and for comparing all streams with another reader.</summary>
    public static KeepLimits Everything { get; } = new()
    {
        PerDirection = long.MaxValue,
        Total = long.MaxValue,
        Connections = int.MaxValue,
        KeepsAllConnections = true,
    };

    /// <summary>Bytes of memory for what one side sends on one connection, bookkeeping of its segments included.</summary>
    public long PerDirection { get; init; } = 8 << 20;

    /// <summary>Bytes of memory for all streams that are not yet told.</summary>
    public long Total { get; init; } = 32 << 20;

    /// <summary>Connections that are remembered at once; beyond it those that were idle longest are taken for ended.</summary>
    public int Connections { get; init; } = 8_192;

    /// <summary>
    /// Conversations that are over and wait for an earlier one, so that they are told in the order of their first packets. Beyond it
    /// they are told as they end.
    /// </summary>
    public int HeldBack { get; init; } = 2_048;

    /// <summary>True if connections that are no rexec keep their bytes too.</summary>
    public bool KeepsAllConnections { get; init; }
}
