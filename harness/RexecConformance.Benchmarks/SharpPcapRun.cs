using System.Net;
using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace RexecConformance.Benchmarks;

/// <summary>
/// The same work through the packages that .NET people use: read, decoded, each direction of each connection put together in memory. Theirs is
/// the easier part of it: nothing is lost or out of order in the file, so each payload is appended where its connection has come to.
/// </summary>
internal static class SharpPcapRun
{
    /// <returns>Bytes of all streams.</returns>
    public static long Reassembly(string path)
    {
        using var device = new CaptureFileReaderDevice(path);
        device.Open();
        var streams = new Dictionary<(IPAddress, ushort, IPAddress, ushort), MemoryStream>();
        long bytes = 0;
        while (device.GetNextPacket(out var capture) == GetPacketStatus.PacketRead)
        {
            var packet = Packet.ParsePacket(device.LinkType, capture.Data.ToArray());
            if (packet.Extract<TcpPacket>() is not { ParentPacket: IPPacket ip } tcp)
            {
                continue;
            }

            var key = (ip.SourceAddress, tcp.SourcePort, ip.DestinationAddress, tcp.DestinationPort);
            if (!streams.TryGetValue(key, out var stream))
            {
                streams[key] = stream = new MemoryStream();
            }

            stream.Write(tcp.PayloadData);
            if (tcp.Finished)
            {
                bytes += stream.Length;
                streams.Remove(key);
            }
        }

        return bytes;
    }
}
