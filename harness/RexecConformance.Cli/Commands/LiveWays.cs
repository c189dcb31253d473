using RexecConformance.Captures.Live;

namespace RexecConformance.Cli.Commands;

/// <summary>The ways of live capture that this build has.</summary>
internal static class LiveWays
{
    /// <summary>The best one.</summary>
    public static ILiveCaptures Preferred { get; } = new PacketSocketCaptures();
}
