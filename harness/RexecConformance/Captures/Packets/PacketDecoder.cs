namespace RexecConformance.Captures.Packets;

/// <summary>From a frame to a TCP segment. No state: what needs some (fragments) belongs between the IP and the TCP step.</summary>
internal static class PacketDecoder
{
    private const byte Tcp = 6;

    public static PacketOutcome Decode(in CapturedPacket packet, out TcpSegment segment)
    {
        segment = default;
        var link = LinkLayers.Decode(packet.LinkType, packet.Data);
        if (link.Outcome != PacketOutcome.Tcp)
        {
            return link.Outcome;
        }

        var outcome = IpPacket.Read(packet.Data[link.Offset..], packet.MissingBytes, out var ip);
        if (outcome != PacketOutcome.Tcp)
        {
            return outcome;
        }

        return ip.Protocol switch
        {
            Tcp => TcpSegment.Read(ip, out segment),
            // IPv4 and IPv6 in IP, GRE, IPsec
            4 or 41 or 47 or 50 => PacketOutcome.Wrapped,
            _ => PacketOutcome.NotTcp,
        };
    }
}
