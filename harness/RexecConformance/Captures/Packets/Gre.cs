using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>Generic routing encapsulation, as far as IP is directly in it: flags(2), EtherType(2), then what the flags announce.</summary>
/// <remarks>Source: RFC 2784, section 2; RFC 2890, section 2.</remarks>
internal static class Gre
{
    private const int Header = 4;
    private const int Checksum = 0x8000;
    private const int Key = 0x2000;
    private const int Sequence = 0x1000;

    /// <summary>A source route, or another version (PPTP's).</summary>
    private const int Others = 0x4007;

    public static LinkPayload Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < Header)
        {
            return LinkPayload.Cut;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if ((flags & Others) != 0 || BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) is not (EtherTypes.Ipv4 or EtherTypes.Ipv6))
        {
            return LinkPayload.Wrapped;
        }

        var offset = Header + Field(Checksum) + Field(Key) + Field(Sequence);
        return payload.Length < offset ? LinkPayload.Cut : LinkPayload.Ip(offset);

        int Field(int flag) => (flags & flag) != 0 ? 4 : 0;
    }
}
