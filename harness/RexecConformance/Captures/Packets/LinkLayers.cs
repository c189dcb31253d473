using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>The link layers that are read, by LINKTYPE_ number (https://www.tcpdump.org/linktypes.html).</summary>
internal static class LinkLayers
{
    private const int Ethernet = 1;

    /// <summary>The name for reports; the bare number where it is not read.</summary>
    public static string Name(int linkType) => linkType switch
    {
        0 => "NULL",
        Ethernet => "Ethernet",
        9 => "PPP",
        10 => "FDDI",
        12 or 14 or 101 => "RAW",
        50 => "PPP_HDLC",
        108 => "LOOP",
        113 => "LINUX_SLL",
        228 => "IPV4",
        229 => "IPV6",
        239 => "NFLOG",
        276 => "LINUX_SLL2",
        _ => $"link type {linkType}",
    };

    /// <summary>Finds the IP packet in a frame.</summary>
    public static LinkPayload Decode(int linkType, ReadOnlySpan<byte> frame) => linkType switch
    {
        // destination(6) source(6) type(2)
        Ethernet => EtherTypes.Decode(frame, 12),
        0 or 108 => Loopback(frame),
        9 or 50 => PointToPoint.DecodeFrame(frame),
        // frame-control(1) destination(6) source(6), then LLC
        10 => EtherTypes.DecodeLlc(frame, 13),
        // DLT_RAW had other numbers on some systems before it got a LINKTYPE_ of its own.
        12 or 14 or 101 or 228 or 229 => LinkPayload.Ip(0),
        113 => LinuxCooked.Decode(frame),
        239 => Nflog.Decode(frame),
        276 => LinuxCooked.DecodeVersion2(frame),
        _ => LinkPayload.Unknown,
    };

    // address-family(4), in the byte order of the machine that captured (NULL) or of the network (LOOP)
    private static LinkPayload Loopback(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4)
        {
            return LinkPayload.Cut;
        }

        var family = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        family = family > 0xffff ? BinaryPrimitives.ReverseEndianness(family) : family;
        // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 23 on Windows, 24, 28 or 30 on the BSDs and macOS, 26 on Solaris.
        return family is 2 or 10 or 23 or 24 or 26 or 28 or 30 ? LinkPayload.Ip(4) : LinkPayload.NotIp;
    }
}
