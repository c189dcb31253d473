using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>RFC 791, section 3.1.</summary>
internal static class Ipv4
{
    private const int More = 0x2000;
    private const int OffsetMask = 0x1fff;

    public static PacketOutcome Read(ReadOnlySpan<byte> bytes, int missing, out IpPacket packet)
    {
        packet = default;
        var header = (bytes[0] & 0x0f) * 4;
        if (header < 20)
        {
            return PacketOutcome.Malformed;
        }

        if (bytes.Length < header)
        {
            return PacketOutcome.HeaderCut;
        }

        int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (total == 0)
        {
            // Segmentation offload: the packet was captured before the network card cut it up and filled this in.
            total = bytes.Length + missing;
        }

        if (total < header)
        {
            return PacketOutcome.Malformed;
        }

        var fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        packet = new IpPacket
        {
            Source = HostAddress.V4(bytes[12..]),
            Destination = HostAddress.V4(bytes[16..]),
            Protocol = bytes[9],
            // IP's own length, not the frame's: short Ethernet frames are padded, and a reader that takes the padding for data sees NULs.
            Payload = bytes[header..Math.Min(total, bytes.Length)],
            WireLength = total - header,
            Identification = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            FragmentOffset = (fragment & OffsetMask) * 8,
            MoreFragments = (fragment & More) != 0,
        };
        return (fragment & (More | OffsetMask)) != 0 ? PacketOutcome.Fragment : PacketOutcome.Tcp;
    }
}
