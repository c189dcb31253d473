using System.Buffers.Binary;
using System.Net;
using RexecConformance.Captures.Writing;

namespace RexecConformance.Tests.Captures.Writing;

public sealed class SyntheticTcpTests
{
    private readonly List<SyntheticPacket> _packets = [];

    public static TheoryData<string, int> Sizes
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (int size in new[] { 0, 1, 2, 3, 255, 65_494, 65_495 })
            {
                all.Add("127.0.0.1", size);
                all.Add("::1", size);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Checksums_are_right_for_even_and_odd_lengths(string address, int size)
    {
        byte[] data = new byte[size];
        new Random(size).NextBytes(data);
        var from = new IPEndPoint(IPAddress.Parse(address), 1023);
        var to = new IPEndPoint(IPAddress.Parse(address), 512);
        byte[] packet = IpTcpPacket.Build(new TcpHeader(from, to, 1, 2, 0x18, 65_535, 7), [], data);
        bool v6 = from.Address.GetAddressBytes().Length == 16;
        byte[] segment = packet[(v6 ? 40 : 20)..];
        byte[] pseudo = [.. from.Address.GetAddressBytes(), .. to.Address.GetAddressBytes(), 0, (byte)(segment.Length >> 16), (byte)(segment.Length >> 8), (byte)segment.Length, 0, 6];
        Assert.Equal(0xffff, Sum([.. pseudo, .. segment]));
        Assert.Equal(data, segment[20..]);
        if (!v6)
        {
            Assert.Equal(0xffff, Sum(packet[..20]));
            Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)));
        }
    }

    [Fact]
    public void A_long_send_is_cut_and_only_its_last_part_has_PSH()
    {
        SyntheticTcp tcp = Open();
        tcp.Send(TcpEnd.Initiator, 5, new byte[200_000], ["first"], "part");
        SyntheticPacket[] data = [.. _packets.Where(packet => !packet.Bare)];
        Assert.Equal([65_495, 65_495, 65_495, 3515], data.Select(packet => packet.Bytes.Length - 40));
        Assert.Equal([0x10, 0x10, 0x10, 0x18], data.Select(packet => (int)packet.Bytes[33]));
        Assert.Equal([["first", "part"], ["part"], ["part"], []], data.Select(packet => packet.Comments));
    }

    [Fact]
    public void Ends_are_said_once_and_nothing_follows_a_reset()
    {
        SyntheticTcp tcp = Open();
        tcp.Finish(TcpEnd.Initiator, 1);
        tcp.Finish(TcpEnd.Initiator, 2);
        tcp.Reset(TcpEnd.Responder, 3);
        tcp.Reset(TcpEnd.Responder, 4);
        tcp.Finish(TcpEnd.Responder, 5);
        Assert.Equal([0x11, 0x10, 0x14], _packets.Select(packet => (int)packet.Bytes[33]));
        Assert.Throws<InvalidOperationException>(() => tcp.Send(TcpEnd.Initiator, 6, new byte[1]));
    }

    [Fact]
    public void Who_resets_has_a_window_and_who_refuses_none()
    {
        // Else tshark takes a byte that was still under way for a probe of the window.
        SyntheticTcp tcp = Open();
        tcp.Reset(TcpEnd.Responder, 1);
        tcp.Send(TcpEnd.Initiator, 2, new byte[1]);
        Assert.Equal([0x14, 0x18], _packets.Select(packet => (int)packet.Bytes[33]));
        Assert.All(_packets, packet => Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes.AsSpan(34))));

        _packets.Clear();
        var refused = new SyntheticTcp(new IPEndPoint(IPAddress.Loopback, 1023), new IPEndPoint(IPAddress.Loopback, 512), 1, _packets.Add);
        refused.Connect(0);
        refused.Refuse(1);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(_packets[^1].Bytes.AsSpan(34)));
    }

    [Fact]
    public void Connections_of_one_file_begin_with_numbers_of_their_own()
    {
        var first = new HashSet<uint>();
        for (uint i = 0; i < 10_000; i++)
        {
            var tcp = new SyntheticTcp(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2), i, packet => first.Add(BinaryPrimitives.ReadUInt32BigEndian(packet.Bytes.AsSpan(24))));
            tcp.Connect(0);
        }

        Assert.Equal(10_000, first.Count);
    }

    private SyntheticTcp Open()
    {
        var tcp = new SyntheticTcp(new IPEndPoint(IPAddress.Loopback, 1023), new IPEndPoint(IPAddress.Loopback, 512), 1, _packets.Add);
        tcp.Connect(0);
        tcp.Accept(0);
        _packets.Clear();
        return tcp;
    }

    private static int Sum(byte[] bytes)
    {
        long sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (bytes[i] << 8) + (i + 1 < bytes.Length ? bytes[i + 1] : 0);
        }

        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (int)sum;
    }
}
