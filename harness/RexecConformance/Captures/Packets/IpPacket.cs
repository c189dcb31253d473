namespace RexecConformance.Captures.Packets;

/// <summary>An IP packet without its headers, and without what the link layer padded it with; or one fragment of a larger one.</summary>
internal readonly ref struct IpPacket
{
    public required HostAddress Source { get; init; }

    public required HostAddress Destination { get; init; }

    /// <summary>The protocol number of what <see cref="Payload"/> is: 6 is TCP.</summary>
    public required byte Protocol { get; init; }

    /// <summary>The captured part of the payload.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Bytes of payload on the wire: more than <see cref="Payload"/> has where a snap length cut it.</summary>
    public required int WireLength { get; init; }

    /// <summary>Of a fragment: what all fragments of one packet have in common.</summary>
    public uint Identification { get; init; }

    /// <summary>Of a fragment: where in the whole payload it belongs, in bytes.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Of a fragment: it is not the last part.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Reads either version by its first four bits, which every link layer leaves in place.</summary>
    /// <param name="bytes">From the IP header to the end of the frame.</param>
    /// <param name="missing">Bytes of the frame that are not in the file.</param>
    /// <param name="packet">Set when <see cref="PacketOutcome.Tcp"/> is returned, which here means "whole; read on", or Fragment.</param>
    public static PacketOutcome Read(ReadOnlySpan<byte> bytes, int missing, out IpPacket packet)
    {
        packet = default;
        if (bytes.IsEmpty)
        {
            return PacketOutcome.HeaderCut;
        }

        return (bytes[0] >> 4) switch
        {
            4 => Ipv4.Read(bytes, missing, out packet),
            6 => Ipv6.Read(bytes, missing, out packet),
            _ => PacketOutcome.Malformed,
        };
    }
}
