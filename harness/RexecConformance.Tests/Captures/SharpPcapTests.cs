namespace RexecConformance.Tests.Captures;

/// <summary>A second opinion on every capture at hand: libpcap must give the same packets, and PacketDotNet the same segments.</summary>
public sealed partial class SharpPcapTests
{
    private const string Missing = "needs SharpPcap, which this feed does not have";

    public static TheoryData<string> Shared => TsharkTests.Shared;

    public static TheoryData<string> Committed => TsharkTests.Committed;

#if !HAS_SHARPPCAP
    [SkippableFact]
    public void SharedCapturesAgree() => Skip.If(true, Missing);

    [SkippableFact]
    public void CommittedCapturesAgree() => Skip.If(true, Missing);
#endif
}
