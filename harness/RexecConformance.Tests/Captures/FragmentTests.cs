using System.Buffers.Binary;
using System.Text;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Packets.Fragments;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

public sealed class FragmentTests
{
    private const string Text = "0123456789abcdefghijklmnopqrstuvwxyz";

    // 20 bytes of TCP header and 36 of text
    private static readonly byte[] Whole = PcapBuilder.Ip(PcapBuilder.Client, 1023, 512, 1, 1, TcpFlags.Ack, Text);

    public static TheoryData<int[]> Orders => [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 0, 1, 1, 2], [2, 2, 1, 0]];

    [Theory]
    [MemberData(nameof(Orders))]
    public void AnyOrderAndTwice(int[] order)
    {
        foreach (var v6 in new[] { false, true })
        {
            byte[][] pieces = [Piece(0, 24, v6: v6), Piece(24, 16, v6: v6), Piece(40, 16, v6: v6)];
            var builder = new PcapBuilder();
            foreach (var index in order)
            {
                builder.Frame(pieces[index]);
            }

            var contents = builder.Read();
            Assert.Equal(Text, Sent(contents.Connections));
            Assert.Equal(order.Length, contents.Counts.FragmentsUsed);
            Assert.Empty(contents.Warnings);
            // The mark is that of the packet that made it whole.
            Assert.Equal(order.Length, contents.Connections[0].Start.Frame);
        }
    }

    [Fact]
    public void TheFragmentThatBeginsFirstCountsThenTheOneThatCameFirst()
    {
        var other = (byte[])Whole.Clone();
        other.AsSpan(20 + 24).Fill((byte)'#');
        var contents = new PcapBuilder()
            .Frame(Piece(40, 16, other))
            .Frame(Piece(24, 24))
            .Frame(Piece(40, 16))
            .Frame(Piece(0, 32))
            .Read();
        Assert.Equal(Text[..28] + "########", Sent(contents.Connections));
    }

    [Fact]
    public void MissingPieceIsTold()
    {
        var contents = new PcapBuilder().Frame(Piece(0, 24)).Frame(Piece(40, 16)).Read();
        Assert.Empty(contents.Connections);
        Assert.Equal((2, 1), (contents.Counts[PacketOutcome.Fragment], contents.Counts.IncompleteDatagrams));
        Assert.Equal("1 IP datagrams are incomplete: not all of their fragments are in the file", Assert.Single(contents.Warnings));
    }

    [Fact]
    public void SnapLengthLeavesWhatIsKnown()
    {
        var contents = new PcapBuilder().Frame(Piece(0, 24)).Frame(Piece(24, 16), 20 + 10).Frame(Piece(40, 16)).Read();
        var client = contents.Connections[0].FromInitiator;
        Assert.Equal(Text[..14], Encoding.ASCII.GetString(client.KnownBytes()));
        Assert.Equal(Text.Length, client.Length);
    }

    [Fact]
    public void IdIsUsedAgain()
    {
        var contents = new PcapBuilder().Frame(Piece(0, 24)).Frame(Piece(24, 32)).Frame(Piece(24, 32)).Frame(Piece(0, 24)).Read();
        Assert.Equal((4, 0), (contents.Counts.FragmentsUsed, contents.Counts.IncompleteDatagrams));
    }

    [Fact]
    public void OtherIdsProtocolsAndHostsAreKeptApart()
    {
        var contents = new PcapBuilder().Frame(Piece(0, 24)).Frame(Piece(24, 32, id: 2)).Frame([.. Piece(24, 32)[..9], 17, .. Piece(24, 32)[10..]]).Frame(Piece(24, 32, v6: true)).Read();
        Assert.Equal(4, contents.Counts.IncompleteDatagrams);
    }

    [Fact]
    public void ThirtySecondsAreTheLimit()
    {
        Assert.Equal(PacketOutcome.Tcp, Second(30_000_000_000));
        Assert.Equal(PacketOutcome.Fragment, Second(30_000_000_001));

        static PacketOutcome Second(long later)
        {
            var table = new FragmentTable(new FragmentCounts());
            var first = Ip(Piece(0, 24));
            var last = Ip(Piece(24, 32));
            Assert.Equal(PacketOutcome.Fragment, table.Add(ref first, 1));
            return table.Add(ref last, 1 + later);
        }
    }

    [Fact]
    public void MemoryIsBounded()
    {
        var counts = new FragmentCounts();
        var table = new FragmentTable(counts);
        var before = GC.GetTotalMemory(true);
        var payload = new byte[60_000];
        for (var id = 0u; id < 20_000; id++)
        {
            var ip = Ip(Piece(0, 24));
            ip = new IpPacket { Source = ip.Source, Destination = ip.Destination, Protocol = 6, Payload = payload, WireLength = payload.Length, Identification = id, MoreFragments = true };
            table.Add(ref ip, 0);
        }

        Assert.Equal(20_000, counts.Dropped + counts.Waiting);
        Assert.InRange(counts.Waiting, 1, 100);
        Assert.InRange(GC.GetTotalMemory(true) - before, 0, 2 * FragmentTable.MostBytes);
        GC.KeepAlive(table);

        for (var id = 0u; id < 2000; id++)
        {
            var ip = Ip(Piece(0, 24, id: (ushort)id));
            table.Add(ref ip, 0);
        }

        Assert.InRange(counts.Waiting, 1, FragmentTable.MostDatagrams);
    }

    [Fact]
    public void DroppedOnesAreTold()
    {
        var builder = new PcapBuilder();
        for (var id = 0; id < FragmentTable.MostDatagrams + 1; id++)
        {
            builder.Frame(Piece(0, 24, id: (ushort)id));
        }

        Assert.Contains(builder.Read().Warnings, warning => warning.StartsWith("1 IP datagrams in fragments are not read: more than 1024 at a time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(65_528, 16)]
    [InlineData(24, 0)]
    public void BeyondTheLargestPacketOrEmptyIsMalformed(int offset, int length) =>
        Assert.Equal(1, new PcapBuilder().Frame(Piece(offset, length, new byte[70_000], more: true)).Read().Counts[PacketOutcome.Malformed]);

    [Fact]
    public void FirstLastFragmentSaysHowLongTheWholeIs()
    {
        var contents = new PcapBuilder().Frame(Piece(24, 16, more: false)).Frame(Piece(40, 16)).Frame(Piece(0, 24)).Read();
        Assert.Equal(Text[..20], Sent(contents.Connections));
    }

    [Fact]
    public void ExtensionHeadersAfterTheFragmentHeaderAreSkipped()
    {
        byte[] payload = [6, 0, 0, 0, 0, 0, 0, 0, .. Whole[20..]];
        byte[] packet = [.. Whole[..20], .. payload];
        var contents = new PcapBuilder().Frame(Piece(0, 24, packet, v6: true, next: 60)).Frame(Piece(24, 40, packet, v6: true, next: 60)).Read();
        Assert.Equal(Text, Sent(contents.Connections));
    }

    [Fact]
    public void FragmentOfAFragmentIsMalformed()
    {
        byte[] packet = [.. Whole[..20], 6, 0, 0, 1, 0, 0, 0, 0, .. Whole[20..]];
        var contents = new PcapBuilder().Frame(Piece(0, 24, packet, v6: true, next: 44)).Frame(Piece(24, 40, packet, v6: true, next: 44)).Read();
        Assert.Equal(1, contents.Counts[PacketOutcome.Malformed]);
    }

    private static string Sent(IReadOnlyList<TcpConnection> connections) => Encoding.ASCII.GetString(Assert.Single(connections).FromInitiator.KnownBytes());

    private static IpPacket Ip(byte[] fragment)
    {
        Assert.Equal(PacketOutcome.Fragment, IpPacket.Read(fragment, 0, out var ip));
        return ip;
    }

    // A part of the payload of a packet, as IPv4 or IPv6; the last part where nothing is left, unless told.
    private static byte[] Piece(int offset, int length, byte[]? packet = null, bool v6 = false, bool? more = null, ushort id = 1, byte next = 6)
    {
        packet ??= Whole;
        var isMore = more ?? 20 + offset + length < packet.Length;
        byte[] part = packet[(20 + offset)..(20 + offset + length)];
        if (!v6)
        {
            byte[] header = [.. packet[..20]];
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(20 + length));
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), id);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)((offset / 8) | (isMore ? 0x2000 : 0)));
            (header[0], header[9]) = (0x45, 6);
            return [.. header, .. part];
        }

        var headers = new byte[48];
        (headers[0], headers[5], headers[6]) = (0x60, (byte)(8 + length), 44);
        (headers[8], headers[23], headers[24], headers[39]) = (0xfd, 1, 0xfd, 2);
        headers[40] = next;
        BinaryPrimitives.WriteUInt16BigEndian(headers.AsSpan(42), (ushort)(offset | (isMore ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(headers.AsSpan(44), id);
        return [.. headers, .. part];
    }
}
