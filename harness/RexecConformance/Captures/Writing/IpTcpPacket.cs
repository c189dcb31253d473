using System.Buffers.Binary;
using System.Net;

namespace RexecConformance.Captures.Writing;

/// <summary>The header fields of one TCP segment that is made here (RFC 9293, section 3.1).</summary>
/// <param name="From">Sender.</param>
/// <param name="To">Receiver, of the same address family.</param>
/// <param name="Sequence">Number of the first byte.</param>
/// <param name="Acknowledgment">Number of the next byte that is expected.</param>
/// <param name="Flags">FIN 1, SYN 2, RST 4, PSH 8, ACK 16.</param>
/// <param name="Window">As it stands in the header, before scaling.</param>
/// <param name="Id">Identification of the IPv4 packet; IPv6 has none.</param>
internal readonly record struct TcpHeader(IPEndPoint From, IPEndPoint To, uint Sequence, uint Acknowledgment, byte Flags, ushort Window, ushort Id);

/// <summary>Makes an IPv4 or IPv6 packet with one TCP segment, checksums right.</summary>
internal static class IpTcpPacket
{
    /// <summary>Most data of one packet in bytes: what 65535 leave beside two headers without options.</summary>
    public const int LargestData = 65_535 - V4Header - Header;

    private const int V4Header = 20;
    private const int V6Header = 40;
    private const int Header = 20;
    private const byte Tcp = 6;
    private const byte TimeToLive = 64;
    private const ushort DoNotFragment = 0x4000;

    /// <param name="tcp">What stands in the headers.</param>
    /// <param name="options">TCP options, a multiple of four bytes.</param>
    /// <param name="data">At most <see cref="LargestData"/> bytes, less by the options.</param>
    public static byte[] Build(in TcpHeader tcp, ReadOnlySpan<byte> options, ReadOnlySpan<byte> data)
    {
        byte[] from = AddressBytes(tcp.From);
        byte[] to = AddressBytes(tcp.To);
        bool v6 = from.Length == 16;
        int ipHeader = v6 ? V6Header : V4Header;
        int tcpLength = Header + options.Length + data.Length;
        byte[] packet = new byte[ipHeader + tcpLength];
        if (v6)
        {
            WriteV6(packet, from, to, tcpLength);
        }
        else
        {
            WriteV4(packet, from, to, tcp.Id);
        }

        Span<byte> segment = packet.AsSpan(ipHeader);
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)tcp.From.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], (ushort)tcp.To.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], tcp.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], tcp.Acknowledgment);
        segment[12] = (byte)((Header + options.Length) / 4 << 4);
        segment[13] = tcp.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], tcp.Window);
        options.CopyTo(segment[Header..]);
        data.CopyTo(segment[(Header + options.Length)..]);

        // RFC 9293: the sum goes over a pseudo header too: both addresses, the protocol, the length.
        uint sum = Sum(segment, Sum(to, Sum(from, Tcp + (uint)tcpLength)));
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Fold(sum));
        return packet;
    }

    private static byte[] AddressBytes(IPEndPoint end) =>
        (end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address).GetAddressBytes();

    // version+length(1) service(1) total(2) id(2) fragment(2) ttl(1) protocol(1) checksum(2) from(4) to(4)
    private static void WriteV4(Span<byte> packet, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ushort id)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], id);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], DoNotFragment);
        packet[8] = TimeToLive;
        packet[9] = Tcp;
        from.CopyTo(packet[12..]);
        to.CopyTo(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(packet[..V4Header], 0)));
    }

    // version+class+flow(4) payload(2) next(1) hops(1) from(16) to(16)
    private static void WriteV6(Span<byte> packet, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, int payload)
    {
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)payload);
        packet[6] = Tcp;
        packet[7] = TimeToLive;
        from.CopyTo(packet[8..]);
        to.CopyTo(packet[24..]);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        // 65535 bytes are 32768 words of at most 65535: no overflow of 32 bits.
        return bytes.IsEmpty ? sum : sum + (uint)(bytes[0] << 8);
    }

    private static ushort Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
