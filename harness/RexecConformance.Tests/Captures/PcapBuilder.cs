using System.Buffers.Binary;
using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures;

/// <summary>Makes captures packet by packet: raw IPv4 (link type 101), one millisecond apart.</summary>
internal sealed class PcapBuilder
{
    public const int Client = 1;
    public const int Server = 2;
    private readonly MemoryStream _file = new();
    private int _time;

    public PcapBuilder(int linkType = 101)
    {
        var header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 65535);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), linkType);
        _file.Write(header);
    }

    public byte[] ToArray() => _file.ToArray();

    public CaptureContents Read() => CaptureContents.Read(new MemoryStream(ToArray()));

    /// <summary>A client's connection to port 512, with its handshake; sequence numbers start at <paramref name="start"/> on both sides.</summary>
    public PcapBuilder Handshake(int from = Client, int fromPort = 1023, int toPort = 512, uint start = 0) => this
        .Tcp(from, fromPort, toPort, start, 0, TcpFlags.Syn)
        .Tcp(3 - from, toPort, fromPort, start, start + 1, TcpFlags.Syn | TcpFlags.Ack)
        .Tcp(from, fromPort, toPort, start + 1, start + 1, TcpFlags.Ack);

    public PcapBuilder FromClient(uint sequence, uint ack, string text, TcpFlags flags = TcpFlags.Ack) => Tcp(Client, 1023, 512, sequence, ack, flags, text);

    public PcapBuilder FromServer(uint sequence, uint ack, string text, TcpFlags flags = TcpFlags.Ack) => Tcp(Server, 512, 1023, sequence, ack, flags, text);

    public PcapBuilder Tcp(int from, int fromPort, int toPort, uint sequence, uint ack, TcpFlags flags, string text = "") =>
        Frame(Ip(from, fromPort, toPort, sequence, ack, flags, text));

    public static byte[] Ip(int from, int fromPort, int toPort, uint sequence, uint ack, TcpFlags flags, string text = "")
    {
        var data = Encoding.Latin1.GetBytes(text);
        var packet = new byte[40 + data.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        (packet[8], packet[9]) = (64, 6);
        (packet[12], packet[15]) = (10, (byte)from);
        (packet[16], packet[19]) = (10, (byte)(3 - from));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), (ushort)fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), (ushort)toPort);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(24), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(28), ack);
        (packet[32], packet[33]) = (0x50, (byte)flags);
        data.CopyTo(packet, 40);
        return packet;
    }

    /// <summary>A frame as it is; <paramref name="captured"/> cuts it as a snap length does.</summary>
    public PcapBuilder Frame(byte[] frame, int? captured = null)
    {
        var header = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), ++_time * 1000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), captured ?? frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), frame.Length);
        _file.Write(header);
        _file.Write(frame.AsSpan(0, captured ?? frame.Length));
        return this;
    }
}
