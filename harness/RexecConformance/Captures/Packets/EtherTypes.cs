using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>What follows an EtherType: IP, another tag, labels, or, where the number is a length, an LLC header.</summary>
/// <remarks>Sources: IEEE 802.3 clause 3, 802.1Q, 802.2; RFC 1042 (SNAP), 3032 (MPLS), 2516 (PPPoE).</remarks>
internal static class EtherTypes
{
    public const int Ipv4 = 0x0800;
    public const int Ipv6 = 0x86dd;

    private const int LargestLength = 1500;
    private const int PppoeHeader = 6;

    /// <param name="frame">The whole frame.</param>
    /// <param name="offset">Where the EtherType is.</param>
    public static LinkPayload Decode(ReadOnlySpan<byte> frame, int offset) =>
        frame.Length < offset + 2 ? LinkPayload.Cut : Decode(BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]), frame, offset + 2);

    /// <param name="type">An EtherType, or the length of an 802.3 frame.</param>
    /// <param name="frame">The whole frame.</param>
    /// <param name="offset">Where what it announces begins.</param>
    /// <param name="mayHaveType">False inside LLC: one in the other again and again would be as deep as a frame is long.</param>
    public static LinkPayload Decode(int type, ReadOnlySpan<byte> frame, int offset, bool mayHaveType = true)
    {
        // 802.1Q, 802.1ad and the older QinQ: tag(2), then a type again.
        while (type is 0x8100 or 0x88a8 or 0x9100 or 0x9200)
        {
            if (frame.Length < offset + 4)
            {
                return LinkPayload.Cut;
            }

            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += 4;
        }

        return type switch
        {
            Ipv4 or Ipv6 => LinkPayload.Ip(offset),
            <= LargestLength => DecodeLlc(frame, offset, mayHaveType),
            0x8847 or 0x8848 => DecodeLabels(frame, offset),
            // version-and-type(1) code(1) session(2) length(2), then PPP
            0x8864 => PointToPoint.Decode(frame, offset + PppoeHeader),
            _ => LinkPayload.NotIp,
        };
    }

    /// <summary>Destination and source service (1 each), control(1); with SNAP organisation(3) and EtherType(2).</summary>
    public static LinkPayload DecodeLlc(ReadOnlySpan<byte> frame, int offset, bool mayHaveType = true)
    {
        if (frame.Length < offset + 3)
        {
            return LinkPayload.Cut;
        }

        // 3 is "unnumbered information".
        var isSnap = frame[offset] == 0xaa && frame[offset + 1] == 0xaa && frame[offset + 2] == 3;
        if (!isSnap)
        {
            return frame[offset] == 6 && frame[offset + 1] == 6 && frame[offset + 2] == 3 ? LinkPayload.Ip(offset + 3) : LinkPayload.NotIp;
        }

        if (frame.Length < offset + 8)
        {
            return LinkPayload.Cut;
        }

        // The organisations 000000 (RFC 1042) and 0000f8 (802.1H) both mean that an EtherType follows.
        var hasType = mayHaveType && frame[offset + 3] == 0 && frame[offset + 4] == 0 && (frame[offset + 5] is 0 or 0xf8);
        return hasType ? Decode(BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 6)..]), frame, offset + 8, mayHaveType: false) : LinkPayload.NotIp;
    }

    /// <summary>Labels of four bytes up to the one that says it is the last. What they carry is known by its first four bits only.</summary>
    public static LinkPayload DecodeLabels(ReadOnlySpan<byte> frame, int offset)
    {
        bool last;
        do
        {
            if (frame.Length < offset + 5)
            {
                return LinkPayload.Cut;
            }

            last = (frame[offset + 2] & 1) != 0;
            offset += 4;
        }
        while (!last);

        return (frame[offset] >> 4) is 4 or 6 ? LinkPayload.Ip(offset) : LinkPayload.Wrapped;
    }
}
