using System.Buffers.Binary;

namespace RexecConformance.Captures.Packets;

/// <summary>The flag bits of a TCP header (RFC 9293, section 3.1) that matter here.</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>None set.</summary>
    None = 0,

    /// <summary>The sender's last byte.</summary>
    Fin = 1,

    /// <summary>The sender's first sequence number.</summary>
    Syn = 2,

    /// <summary>The connection is gone.</summary>
    Rst = 4,

    /// <summary>The acknowledgment number counts.</summary>
    Ack = 16,
}

/// <summary>One TCP segment as it was captured.</summary>
public readonly ref struct TcpSegment
{
    private const int SmallestHeader = 20;

    /// <summary>Who sent it.</summary>
    public required HostPort Source { get; init; }

    /// <summary>Who was to get it.</summary>
    public required HostPort Destination { get; init; }

    /// <summary>Number of the first byte, modulo 2^32.</summary>
    public required uint Sequence { get; init; }

    /// <summary>Number of the next byte that is expected from the other side; without meaning unless <see cref="TcpFlags.Ack"/> is set.</summary>
    public required uint Acknowledgment { get; init; }

    /// <summary>The flags.</summary>
    public required TcpFlags Flags { get; init; }

    /// <summary>The captured data.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Bytes of data on the wire: more than <see cref="Data"/> has where a snap length cut it.</summary>
    public required int WireLength { get; init; }

    internal static PacketOutcome Read(scoped in IpPacket ip, out TcpSegment segment)
    {
        segment = default;
        var bytes = ip.Payload;
        if (bytes.Length < SmallestHeader)
        {
            return ip.WireLength < SmallestHeader ? PacketOutcome.Malformed : PacketOutcome.HeaderCut;
        }

        var header = (bytes[12] >> 4) * 4;
        if (header < SmallestHeader || header > ip.WireLength)
        {
            return PacketOutcome.Malformed;
        }

        segment = new TcpSegment
        {
            Source = new HostPort(ip.Source, BinaryPrimitives.ReadUInt16BigEndian(bytes)),
            Destination = new HostPort(ip.Destination, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            Acknowledgment = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            Flags = (TcpFlags)bytes[13] & (TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack),
            Data = header < bytes.Length ? bytes[header..] : default,
            WireLength = ip.WireLength - header,
        };
        return PacketOutcome.Tcp;
    }
}
