using System.Net;

namespace RexecConformance.Captures.Recording;

/// <summary>What the recorder does and where it stops.</summary>
public sealed record RecordOptions
{
    /// <summary>Where clients connect.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The server.</summary>
    public required IPEndPoint Upstream { get; init; }

    /// <summary>The local address that the server connects back to, or null for the one that it sees us at.</summary>
    public IPAddress? AuxAddress { get; init; }

    /// <summary>Conversations at the same time; further clients wait to be accepted.</summary>
    public int MaxSessions { get; init; } = 64;

    /// <summary>Conversations in all, or null for no end.</summary>
    public int? Once { get; init; }

    /// <summary>A conversation in which nothing is sent for so long is reset; zero is no limit.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A conversation that lasts so long is reset; zero is no limit.</summary>
    public TimeSpan TotalLimit { get; init; } = TimeSpan.FromHours(24);
}
