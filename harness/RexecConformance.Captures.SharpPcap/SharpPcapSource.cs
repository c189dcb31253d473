using System.Diagnostics;
using SharpPcap;
using SharpPcap.LibPcap;
using RexecConformance.Captures.Live;

namespace RexecConformance.Captures.SharpPcap;

/// <summary>Packets from libpcap, through SharpPcap, one after the other.</summary>
internal sealed class SharpPcapSource(PcapDevice device, string name, bool isLive, CancellationToken cancel) : ILossySource
{
    private const decimal NanosecondsPerSecond = 1_000_000_000;

    // libpcap gives packets some time after they passed: those from before the cancelling are still wanted.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

    private long _cancelledAt;

    private int _number;

    public string Format => name;

    public CaptureFault? Fault { get; private set; }

    public long Dropped => isLive && device.Statistics is { } statistics ? statistics.DroppedPackets : 0;

    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        while (Fault is null && !IsOver())
        {
            switch (device.GetNextPacket(out var capture))
            {
                case GetPacketStatus.PacketRead:
                    packet = Read(capture);
                    return true;
                // On an interface: nothing came for a while.
                case GetPacketStatus.ReadTimeout when isLive && !cancel.IsCancellationRequested:
                    break;
                case GetPacketStatus.Error:
                    // libpcap gives no offset.
                    Fault = new CaptureFault(0, "libpcap: " + device.LastError);
                    return false;
                default:
                    return false;
            }
        }

        return false;
    }

    public void Dispose() => device.Dispose();

    private bool IsOver()
    {
        if (!cancel.IsCancellationRequested)
        {
            return false;
        }

        _cancelledAt = _cancelledAt == 0 ? Stopwatch.GetTimestamp() : _cancelledAt;
        return Stopwatch.GetElapsedTime(_cancelledAt) > LongestRest;
    }

    private CapturedPacket Read(PacketCapture capture)
    {
        var header = (PcapHeader)capture.Header;
        return new CapturedPacket
        {
            Number = ++_number,
            FileOffset = 0,
            Nanoseconds = (long)decimal.Clamp(header.Timeval.Value * NanosecondsPerSecond, long.MinValue, long.MaxValue),
            LinkType = (int)device.LinkType,
            MissingBytes = header.PacketLength > header.CaptureLength ? (int)Math.Min(header.PacketLength - header.CaptureLength, CaptureReader.LargestPacket) : 0,
            Data = capture.Data,
        };
    }
}
