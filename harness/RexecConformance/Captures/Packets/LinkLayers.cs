using System.Buffers.Binary;
using System.Collections.Frozen;

namespace RexecConformance.Captures.Packets;

/// <summary>The link layers that are read: one pure function for each LINKTYPE_ number (https://www.tcpdump.org/linktypes.html).</summary>
internal static class LinkLayers
{
    private delegate LinkPayload Decoder(ReadOnlySpan<byte> frame);

    private static readonly FrozenDictionary<int, (string Name, Decoder Decode)> Table = new Dictionary<int, (string, Decoder)>
    {
        [0] = ("NULL", Null),
        [1] = ("Ethernet", Ethernet),
        // DLT_RAW had other numbers on some systems before it got a LINKTYPE_ of its own.
        [12] = ("RAW", RawIp),
        [14] = ("RAW", RawIp),
        [101] = ("RAW", RawIp),
        [108] = ("LOOP", Null),
        [113] = ("LINUX_SLL", LinuxCooked),
        [228] = ("IPV4", RawIp),
        [229] = ("IPV6", RawIp),
        [276] = ("LINUX_SLL2", LinuxCooked2),
    }.ToFrozenDictionary();

    /// <summary>The name for reports; the bare number where it is not read.</summary>
    public static string Name(int linkType) => Table.TryGetValue(linkType, out var entry) ? entry.Name : $"link type {linkType}";

    public static LinkPayload Decode(int linkType, ReadOnlySpan<byte> frame) =>
        Table.TryGetValue(linkType, out var entry) ? entry.Decode(frame) : new LinkPayload(PacketOutcome.UnknownLinkType, 0);

    // destination(6) source(6) type(2)
    private static LinkPayload Ethernet(ReadOnlySpan<byte> frame) => EtherType(frame, 12);

    // packet-type(2) arphrd(2) address-length(2) address(8) protocol(2)
    private static LinkPayload LinuxCooked(ReadOnlySpan<byte> frame) => EtherType(frame, 14);

    // protocol(2) reserved(2) interface(4) arphrd(2) packet-type(1) address-length(1) address(8)
    private static LinkPayload LinuxCooked2(ReadOnlySpan<byte> frame)
    {
        const int Header = 20;
        if (frame.Length < Header)
        {
            return LinkPayload.Cut;
        }

        return BinaryPrimitives.ReadUInt16BigEndian(frame) switch
        {
            0x0800 or 0x86dd => LinkPayload.Ip(Header),
            0x8100 or 0x88a8 or 0x9100 => EtherType(frame, Header + 2),
            var type => LinkPayload.Other(type),
        };
    }

    // address-family(4), in the byte order of the machine that captured (NULL) or of the network (LOOP)
    private static LinkPayload Null(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4)
        {
            return LinkPayload.Cut;
        }

        var family = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        family = family > 0xffff ? BinaryPrimitives.ReverseEndianness(family) : family;
        // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24, 28 or 30 on the BSDs and macOS.
        return family is 2 or 10 or 24 or 28 or 30 ? LinkPayload.Ip(4) : LinkPayload.NotIp;
    }

    private static LinkPayload RawIp(ReadOnlySpan<byte> frame) => LinkPayload.Ip(0);

    private static LinkPayload EtherType(ReadOnlySpan<byte> frame, int offset)
    {
        while (frame.Length >= offset + 2)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
            switch (type)
            {
                case 0x0800 or 0x86dd:
                    return LinkPayload.Ip(offset + 2);
                // 802.1Q, 802.1ad and the older QinQ: tag(2), then a type again.
                case 0x8100 or 0x88a8 or 0x9100:
                    offset += 4;
                    break;
                default:
                    return LinkPayload.Other(type);
            }
        }

        return LinkPayload.Cut;
    }
}
