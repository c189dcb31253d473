using RexecConformance.Captures.Live;

namespace RexecConformance.Cli.Commands;

/// <summary>The ways of live capture that this build has.</summary>
internal static class LiveWays
{
    /// <summary>The best one: SharpPcap knows other systems than Linux too.</summary>
    public static ILiveCaptures Preferred { get; } =
#if HAS_SHARPPCAP
        new Captures.SharpPcap.SharpPcapCaptures();
#else
        new PacketSocketCaptures();
#endif
}
