using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>RFC 8200, sections 3 and 4.</summary>
internal static class Ipv6
{
    private const int Header = 40;
    private const byte FragmentHeader = 44;
    private const byte AuthenticationHeader = 51;

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
        var next = bytes[6];
        return ReadPayload(
            new IpPacket
            {
                Source = HostAddress.V6(bytes[8..]),
                Destination = HostAddress.V6(bytes[24..]),
                Protocol = next,
                Payload = bytes[Header..Math.Min(total, bytes.Length)],
                WireLength = total - Header,
            },
            out packet);
    }

    /// <summary>Goes past the extension headers, up to a fragment header that says that there is more.</summary>
    /// <param name="outer">A packet whose payload begins with a header of the type that its protocol says.</param>
    /// <param name="packet">What is after them, when Tcp or Fragment is returned.</param>
    public static PacketOutcome ReadPayload(IpPacket outer, out IpPacket packet)
    {
        packet = outer;
        var captured = outer.Payload;
        var next = outer.Protocol;
        var offset = 0;
        while (IsExtension(next))
        {
            if (captured.Length < offset + 8)
            {
                return outer.WireLength < offset + 8 ? PacketOutcome.Malformed : PacketOutcome.HeaderCut;
            }

            var type = next;
            next = captured[offset];
            if (type == FragmentHeader)
            {
                var fragment = BinaryPrimitives.ReadUInt16BigEndian(captured[(offset + 2)..]);
                // An "atomic" fragment (offset 0, no more to come) is a whole packet (RFC 6946).
                if ((fragment & 0xfff9) != 0)
                {
                    packet = After(outer, next, offset + 8, BinaryPrimitives.ReadUInt32BigEndian(captured[(offset + 4)..]), fragment);
                    return PacketOutcome.Fragment;
                }
            }

            offset += type switch
            {
                FragmentHeader => 8,
                // It alone counts in units of four bytes, less two.
                AuthenticationHeader => (captured[offset + 1] + 2) * 4,
                _ => (captured[offset + 1] + 1) * 8,
            };
        }

        if (offset > outer.WireLength)
        {
            return PacketOutcome.Malformed;
        }

        packet = offset == 0 ? outer : After(outer, next, offset, 0, 0);
        return PacketOutcome.Tcp;
    }

    private static IpPacket After(IpPacket outer, byte next, int offset, uint identification, int fragment) => new()
    {
        Source = outer.Source,
        Destination = outer.Destination,
        Protocol = next,
        Payload = offset < outer.Payload.Length ? outer.Payload[offset..] : default,
        WireLength = outer.WireLength - offset,
        Identification = identification,
        FragmentOffset = fragment & 0xfff8,
        MoreFragments = (fragment & 1) != 0,
    };

    // hop-by-hop, routing, fragment, authentication, destination options, mobility, HIP, shim6
    private static bool IsExtension(byte next) => next is 0 or 43 or FragmentHeader or AuthenticationHeader or 60 or 135 or 139 or 140;
}
