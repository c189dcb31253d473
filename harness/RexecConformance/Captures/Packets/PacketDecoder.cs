using RexecConformance.Captures.Packets.Fragments;

namespace RexecConformance.Captures.Packets;

/// <summary>From frames to TCP segments. Its state are the IP packets of which fragments have come, and what became of each frame.</summary>
internal sealed class PacketDecoder
{
    private const byte Tcp = 6;

    // Deeper than any tunnel in a tunnel that is meant.
    private const int DeepestTunnel = 4;

    private readonly FragmentTable _fragments;

    public PacketDecoder() => _fragments = new FragmentTable(Counts.Fragments);

    /// <summary>What became of the packets so far.</summary>
    public PacketCounts Counts { get; } = new();

    /// <summary>Takes the next packet of the capture, and counts it.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="segment">
    /// Set when <see cref="PacketOutcome.Tcp"/> is returned; valid until the next call. The fragment that makes an IP packet
    /// whole gives the segment of that packet.
    /// </param>
    public PacketOutcome Decode(in CapturedPacket packet, out TcpSegment segment)
    {
        var outcome = Read(packet, out segment);
        Counts.Add(packet, outcome);
        return outcome;
    }

    private PacketOutcome Read(in CapturedPacket packet, out TcpSegment segment)
    {
        segment = default;
        var link = LinkLayers.Decode(packet.LinkType, packet.Data);
        if (link.Outcome != PacketOutcome.Tcp)
        {
            return link.Outcome;
        }

        var bytes = packet.Data[link.Offset..];
        var missing = packet.MissingBytes;
        for (var depth = 0; depth <= DeepestTunnel; depth++)
        {
            var outcome = IpPacket.Read(bytes, missing, out var ip);
            if (outcome == PacketOutcome.Fragment)
            {
                outcome = Reassemble(ref ip, packet.Nanoseconds);
            }

            if (outcome != PacketOutcome.Tcp)
            {
                return outcome;
            }

            switch (ip.Protocol)
            {
                case Tcp:
                    return TcpSegment.Read(ip, out segment);
                // IPv4 and IPv6 in either (RFC 2003, 4213)
                case 4 or 41:
                    bytes = ip.Payload;
                    missing = ip.WireLength - ip.Payload.Length;
                    break;
                case 47:
                    var tunnel = Gre.Decode(ip.Payload);
                    if (tunnel.Outcome != PacketOutcome.Tcp)
                    {
                        return tunnel.Outcome;
                    }

                    bytes = ip.Payload[tunnel.Offset..];
                    missing = ip.WireLength - ip.Payload.Length;
                    break;
                // IPsec
                case 50:
                    return PacketOutcome.Wrapped;
                default:
                    return PacketOutcome.NotTcp;
            }
        }

        return PacketOutcome.Wrapped;
    }

    private PacketOutcome Reassemble(ref IpPacket ip, long time)
    {
        var outcome = _fragments.Add(ref ip, time);
        if (outcome != PacketOutcome.Tcp || !ip.Source.IsV6)
        {
            return outcome;
        }

        outcome = Ipv6.ReadPayload(ip, out ip);
        // A fragment of a fragment: no sender makes one.
        return outcome == PacketOutcome.Fragment ? PacketOutcome.Malformed : outcome;
    }
}
