using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>Linux' firewall log: family(1) version(1) resource(2), then attributes: length(2), type(2), value, padding to four bytes.</summary>
/// <remarks>Source: https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html.</remarks>
internal static class Nflog
{
    private const int Header = 4;
    private const int Payload = 9;

    public static LinkPayload Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Header)
        {
            return LinkPayload.Cut;
        }

        if (frame[0] is not (2 or 10))
        {
            return LinkPayload.NotIp;
        }

        var offset = Header;
        while (frame.Length >= offset + 4)
        {
            // In the byte order of the machine that captured, which no field names; the length is small, and that tells.
            var length = BinaryPrimitives.ReadUInt16LittleEndian(frame[offset..]);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(frame[(offset + 2)..]);
            if (type > 0xff)
            {
                length = BinaryPrimitives.ReverseEndianness(length);
                type = BinaryPrimitives.ReverseEndianness(type);
            }

            if (type == Payload)
            {
                return LinkPayload.Ip(offset + 4);
            }

            if (length < 4)
            {
                return new LinkPayload(PacketOutcome.Malformed, 0);
            }

            offset += (length + 3) & ~3;
        }

        return LinkPayload.Cut;
    }
}
