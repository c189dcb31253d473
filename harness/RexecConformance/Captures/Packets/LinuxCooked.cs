using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>What Linux gives for the interface "any", whose links have nothing in common.</summary>
/// <remarks>Source: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html and LINKTYPE_LINUX_SLL2.html.</remarks>
internal static class LinuxCooked
{
    private const int Header = 16;
    private const int HeaderVersion2 = 20;

    // packet-type(2) arphrd(2) address-length(2) address(8) protocol(2)
    public static LinkPayload Decode(ReadOnlySpan<byte> frame) =>
        frame.Length < Header ? LinkPayload.Cut : Decode(BinaryPrimitives.ReadUInt16BigEndian(frame[14..]), frame, Header);

    // protocol(2) reserved(2) interface(4) arphrd(2) packet-type(1) address-length(1) address(8)
    public static LinkPayload DecodeVersion2(ReadOnlySpan<byte> frame) =>
        frame.Length < HeaderVersion2 ? LinkPayload.Cut : Decode(BinaryPrimitives.ReadUInt16BigEndian(frame), frame, HeaderVersion2);

    private static LinkPayload Decode(int protocol, ReadOnlySpan<byte> frame, int offset) => protocol switch
    {
        EtherTypes.Ipv4 or EtherTypes.Ipv6 => LinkPayload.Ip(offset),
        // Linux' own numbers: 4 is "802.2 frames", 1 is Novell's without LLC; the others are of links that carry no IP.
        4 => EtherTypes.DecodeLlc(frame, offset),
        <= 1500 => LinkPayload.NotIp,
        _ => EtherTypes.Decode(protocol, frame, offset),
    };
}
