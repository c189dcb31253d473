using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace RexecConformance.Benchmarks;

/// <summary>The same records through the packages that .NET people use: read and decoded, not put in order.</summary>
internal static class SharpPcapRun
{
    /// <returns>Bytes of TCP payload.</returns>
    public static long Decode(string path)
    {
        using var device = new CaptureFileReaderDevice(path);
        device.Open();
        long bytes = 0;
        while (device.GetNextPacket(out var capture) == GetPacketStatus.PacketRead)
        {
            var packet = Packet.ParsePacket(device.LinkType, capture.Data.ToArray());
            bytes += packet.Extract<TcpPacket>()?.PayloadData?.Length ?? 0;
        }

        return bytes;
    }
}
