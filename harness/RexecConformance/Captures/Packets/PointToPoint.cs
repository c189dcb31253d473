namespace RexecConformance.Captures.Packets;

/// <summary>PPP, alone or in frames like those of HDLC, with a protocol field of one or two bytes.</summary>
/// <remarks>Sources: RFC 1661, sections 2 and 6.5; RFC 1662, section 3.1.</remarks>
internal static class PointToPoint
{
    /// <summary>A frame of link type PPP or PPP_HDLC: address and control may be there or not.</summary>
    public static LinkPayload DecodeFrame(ReadOnlySpan<byte> frame) => frame switch
    {
        [0xff, 0x03, ..] => Decode(frame, 2),
        // Cisco's HDLC (unicast, broadcast), which libpcap gives the same number: an EtherType follows.
        [0x0f or 0x8f, 0x00, ..] => EtherTypes.Decode(frame, 2),
        _ => Decode(frame, 0),
    };

    /// <param name="frame">The whole frame.</param>
    /// <param name="offset">Where the protocol field is.</param>
    public static LinkPayload Decode(ReadOnlySpan<byte> frame, int offset)
    {
        if (frame.Length <= offset)
        {
            return LinkPayload.Cut;
        }

        // The first byte of a two-byte number is even, a compressed number is odd.
        int protocol = frame[offset++];
        if ((protocol & 1) == 0)
        {
            if (frame.Length <= offset)
            {
                return LinkPayload.Cut;
            }

            protocol = (protocol << 8) | frame[offset++];
        }

        return protocol switch
        {
            0x0021 or 0x0057 => LinkPayload.Ip(offset),
            0x0281 or 0x0283 => EtherTypes.DecodeLabels(frame, offset),
            // compressed TCP headers (RFC 1144), multilink, encrypted, compressed
            0x002d or 0x002f or 0x003d or 0x0053 or 0x0055 or 0x00fb or 0x00fd => LinkPayload.Wrapped,
            _ => LinkPayload.NotIp,
        };
    }
}
