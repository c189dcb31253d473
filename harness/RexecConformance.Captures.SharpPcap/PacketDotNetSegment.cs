using PacketDotNet;

namespace RexecConformance.Captures.SharpPcap;

/// <summary>A TCP segment as PacketDotNet decodes it: a second opinion on the suite's own decoder.</summary>
/// <param name="Source">Address and port, as text.</param>
/// <param name="Destination">Address and port, as text.</param>
/// <param name="Sequence">Number of the first byte.</param>
/// <param name="Acknowledgment">Number of the next byte that is expected.</param>
/// <param name="Flags">FIN, SYN, RST and ACK, as in the header.</param>
/// <param name="Data">The captured data, in hex.</param>
public sealed record PacketDotNetSegment(string Source, string Destination, uint Sequence, uint Acknowledgment, int Flags, string Data)
{
    private const int MatteringFlags = 0x17;

    /// <summary>Whether PacketDotNet knows this LINKTYPE_.</summary>
    public static bool KnowsLinkType(int linkType) => linkType is 0 or 1 or 9 or 12 or 14 or 101 or 113 or 276;

    /// <summary>Decodes a frame; null when it holds no TCP segment.</summary>
    /// <remarks>PacketDotNet throws all kinds of exceptions for damaged packets: they are passed on.</remarks>
    public static PacketDotNetSegment? Decode(in CapturedPacket packet)
    {
        var frame = Packet.ParsePacket((LinkLayers)packet.LinkType, packet.Data.ToArray());
        if (frame?.Extract<TcpPacket>() is not { ParentPacket: IPPacket ip } tcp)
        {
            return null;
        }

        return new PacketDotNetSegment(
            EndPoint(ip.SourceAddress, tcp.SourcePort),
            EndPoint(ip.DestinationAddress, tcp.DestinationPort),
            tcp.SequenceNumber,
            tcp.AcknowledgmentNumber,
            tcp.Flags & MatteringFlags,
            Convert.ToHexStringLower(tcp.PayloadData ?? []));
    }

    private static string EndPoint(System.Net.IPAddress address, int port) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]:{port}" : $"{address}:{port}";
}
