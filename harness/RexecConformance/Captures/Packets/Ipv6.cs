using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>RFC 8200, sections 3 and 4.</summary>
internal static class Ipv6
{
    private const int Header = 40;

    public static PacketOutcome Read(ReadOnlySpan<byte> bytes, int missing, out IpPacket packet)
    {
        packet = default;
        if (bytes.Length < Header)
        {
            return PacketOutcome.HeaderCut;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        // 0 is a jumbogram (RFC 2675) or segmentation offload: either way the frame is all there is to go by.
        var total = length == 0 ? bytes.Length + missing : Header + length;
        var captured = bytes[..Math.Min(total, bytes.Length)];
        var next = bytes[6];
        var offset = Header;
        while (IsExtension(next))
        {
            if (captured.Length < offset + 8)
            {
                return total < offset + 8 ? PacketOutcome.Malformed : PacketOutcome.HeaderCut;
            }

            // An "atomic" fragment (offset 0, no more to come) is a whole packet (RFC 6946).
            if (next == 44 && (BinaryPrimitives.ReadUInt16BigEndian(captured[(offset + 2)..]) & 0xfff9) != 0)
            {
                return PacketOutcome.Fragment;
            }

            var size = next switch
            {
                44 => 8,
                // The authentication header alone counts in units of four bytes, less two.
                51 => (captured[offset + 1] + 2) * 4,
                _ => (captured[offset + 1] + 1) * 8,
            };
            next = captured[offset];
            offset += size;
        }

        if (offset > total)
        {
            return PacketOutcome.Malformed;
        }

        packet = new IpPacket
        {
            Source = HostAddress.V6(bytes[8..]),
            Destination = HostAddress.V6(bytes[24..]),
            Protocol = next,
            Payload = offset < captured.Length ? captured[offset..] : default,
            WireLength = total - offset,
        };
        return PacketOutcome.Tcp;
    }

    // hop-by-hop, routing, fragment, authentication, destination options, mobility, HIP, shim6
    private static bool IsExtension(byte next) => next is 0 or 43 or 44 or 51 or 60 or 135 or 139 or 140;
}
