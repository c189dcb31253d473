using RexecConformance.Captures;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures;

public sealed class PcapngTests
{
    private static readonly byte[] Packet = PcapBuilder.Ip(PcapBuilder.Client, 1023, 512, 1, 1, TcpFlags.Ack, "x");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AllPacketBlocksInEitherByteOrder(bool bigEndian)
    {
        var file = new PcapngBuilder().Section(bigEndian).Interface()
            .Enhanced(Packet, 1_700_000_000_123_456).Obsolete(Packet, 5).Simple(Packet).Block(0x0bad, new byte[40]).Enhanced(Packet, 6);
        var packets = Read(file, out var fault);

        Assert.Null(fault);
        Assert.Equal([1, 2, 3, 4], packets.Select(packet => packet.Number));
        Assert.Equal([1_700_000_000_123_456_000, 5000, 0, 6000], packets.Select(packet => packet.Nanoseconds));
        Assert.All(packets, packet => Assert.Equal(Packet, packet.Data));
    }

    [Fact]
    public void SectionsHaveTheirOwnOrderAndInterfaces()
    {
        var packets = Read(new PcapngBuilder().Section().Interface(1).Interface(101).Enhanced(Packet, from: 1)
            .Section(bigEndian: true).Interface(228).Enhanced(Packet)
            .Section().Enhanced(Packet), out var fault);

        Assert.Equal([101, 228], packets.Select(packet => packet.LinkType));
        Assert.Equal("a packet is of interface 0, and the section has described 0 so far", fault!.Message);
    }

    [Theory]
    [InlineData(0, 3, 3_000_000_000)]
    [InlineData(3, 1500, 1_500_000_000)]
    [InlineData(6, 1, 1_000)]
    [InlineData(9, 7, 7)]
    [InlineData(12, 7_900, 7)]
    [InlineData(127, ulong.MaxValue, 0)]
    [InlineData(0x80, 3, 3_000_000_000)]
    [InlineData(0x8a, 1536, 1_500_000_000)]
    [InlineData(0xff, ulong.MaxValue, 0)]
    [InlineData(0, ulong.MaxValue, long.MaxValue)]
    public void TimeResolutions(byte resolution, ulong units, long nanoseconds)
    {
        var file = new PcapngBuilder().Section();
        Assert.Equal(nanoseconds, Assert.Single(Read(file.Interface(101, 0, file.Option(9, resolution)).Enhanced(Packet, units), out _)).Nanoseconds);
    }

    [Theory]
    [InlineData(10, 10_000_001_000)]
    [InlineData(-10, -9_999_999_000)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue)]
    public void TimeOffsets(long offset, long nanoseconds)
    {
        var file = new PcapngBuilder().Section(bigEndian: true);
        Assert.Equal(nanoseconds, Assert.Single(Read(file.Interface(101, 0, file.OffsetOption(offset)).Enhanced(Packet, 1), out _)).Nanoseconds);
    }

    [Fact]
    public void SimplePacketIsCutByTheSnapLength()
    {
        var packet = Assert.Single(Read(new PcapngBuilder().Section().Interface(101, 20).Simple(Packet[..20], (uint)Packet.Length), out _));
        Assert.Equal((20, Packet.Length - 20), (packet.Data.Length, packet.Missing));
    }

    [Fact]
    public void CommentsAndInterfaceNames()
    {
        var file = new PcapngBuilder().Section();
        file.Interface(101, 0, file.Option(2, [.. "eth0"u8]));
        file.Enhanced(Packet, options: [file.Comment("one"), file.Option(2, 0, 0, 0, 1), file.Comment("zw\u00f6lf"), file.Option(0)]);
        var packet = Assert.Single(Read(file, out _));

        Assert.Equal(["one", "zw\u00f6lf"], packet.Comments);
        Assert.Equal("eth0", packet.Interface);
    }

    [Fact]
    public void DamagedOptionEndsTheListNotTheReading()
    {
        var file = new PcapngBuilder().Section().Interface();
        file.Enhanced(Packet, options: [file.Comment("kept"), [1, 0, 0xff, 0xff]]).Enhanced(Packet);
        var packets = Read(file, out var fault);

        Assert.Null(fault);
        Assert.Equal(["kept"], packets[0].Comments);
        Assert.Equal(2, packets.Count);
    }

    [Fact]
    public void PacketWithoutCommentsAllocatesNothing()
    {
        var file = new PcapngBuilder().Section().Interface();
        for (var i = 0; i < 2000; i++)
        {
            file.Enhanced(Packet);
        }

        using var reader = CaptureReader.Open(new MemoryStream(file.ToArray()));
        var decoder = new PacketDecoder();
        reader.TryRead(out var packet);
        decoder.Decode(packet, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (reader.TryRead(out packet))
        {
            decoder.Decode(packet, out _);
        }

        Assert.Equal(2000, decoder.Counts.Total);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }

    // Each begins with two sound packets; what comes then is a fault, and its offset that of the block.
    public static TheoryData<string, byte[], string> Damaged
    {
        get
        {
            var le = new PcapngBuilder();
            byte[] Made(Func<PcapngBuilder, PcapngBuilder> block) => block(new PcapngBuilder()).ToArray();
            return new()
            {
                { "header cut", [6, 0, 0], "a block's header is cut short at 3" },
                { "block cut", Made(file => file.Enhanced(Packet))[..^1], "a block of 76 bytes is cut short at 75" },
                { "unknown block cut", Made(file => file.Block(99, new byte[20]))[..^1], "a block of 32 bytes is cut short at 31" },
                { "too short", Made(file => file.Block(99, [], 8, 8)), "a block claims 8 bytes, fewer than its frame of 12 has" },
                { "too long", Made(file => file.Block(99, [], 1 << 30)), "a block claims 1073741824 bytes, more than any has (16777216); nothing after it is read" },
                { "packet block too long", Made(file => file.Block(6, [], 1 << 20)), "a block of type 6 claims 1048576 bytes, more than any of its type has (524288)" },
                { "lengths differ", Made(file => file.Block(6, new byte[20], lengthAgain: 36)), "a block's two lengths differ: 32 before it, 36 after it" },
                { "unknown block's lengths differ", Made(file => file.Block(99, new byte[20], lengthAgain: 36)), "a block's two lengths differ: 32 before it, 36 after it" },
                { "no multiple of 4", Made(file => file.Block(99, new byte[20], 33)), "a block of 36 bytes is cut short at 32" },
                { "no multiple of 4, more after it", Made(file => file.Block(99, new byte[20], 29).Block(99, [])), "a block's length of 29 is no multiple of 4" },
                { "enhanced block too short", Made(file => file.Block(6, new byte[16])), "a packet block of 28 bytes is shorter than 32" },
                { "obsolete block too short", Made(file => file.Block(2, new byte[16])), "a packet block of 28 bytes is shorter than 32" },
                { "simple block too short", Made(file => file.Block(3, [])), "a packet block of 12 bytes is shorter than 16" },
                { "captured beyond the block", Made(file => file.Enhanced(Packet, captured: 45)), "a packet of 45 bytes does not fit its block of 76" },
                { "simple packet beyond the block", Made(file => file.Simple(Packet, 45)), "a packet of 45 bytes does not fit its block of 60" },
                { "captured beyond belief", Made(file => file.Enhanced(Packet, captured: 262_145)), "a packet claims 262145 bytes, more than any has (262144); nothing after it is read" },
                { "interface out of range", Made(file => file.Enhanced(Packet, from: 1)), "a packet is of interface 1, and the section has described 1 so far" },
                { "obsolete block's interface", Made(file => file.Obsolete(Packet, from: 1)), "a packet is of interface 1, and the section has described 1 so far" },
                { "interface too short", Made(file => file.Block(1, new byte[4])), "an interface description of 16 bytes is shorter than 20" },
                { "section version", Made(file => file.Section(major: 2)), "pcapng version 2.0 is not read (only 1.0)" },
                { "section minor version", Made(file => file.Section(minor: 1)), "pcapng version 1.1 is not read (only 1.0)" },
                { "section order", Made(file => file.Block(0x0a0d0d0a, new byte[16])), "a section header has byte order 00000000, not 1a2b3c4d or 4d3c2b1a" },
                { "section too short", Made(file => file.Block(0x0a0d0d0a, le.U32(0x1a2b3c4d))), "a section header of 16 bytes is shorter than 28" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void FaultKeepsWhatIsSound(string what, byte[] damaged, string message)
    {
        _ = what;
        byte[] sound = new PcapngBuilder().Section().Interface().Enhanced(Packet).Enhanced(Packet).ToArray();
        var packets = Read([.. sound, .. damaged], out var fault);

        Assert.Equal(2, packets.Count);
        Assert.Equal(new CaptureFault(sound.Length, message), fault);
    }

    [Fact]
    public void PaddingLeftOutOfBothLengthsIsRead() =>
        Assert.Single(Read(new PcapngBuilder().Section().Interface().Block(6, [.. new byte[12], 41, 0, 0, 0, 41, 0, 0, 0, .. Packet, 0, 0, 0], 73, 73), out _));

    [Theory]
    [InlineData(2, 0, "not a capture: pcapng version 2.0 is not read (only 1.0)")]
    [InlineData(1, 1, "not a capture: pcapng version 1.1 is not read (only 1.0)")]
    public void FirstSectionMustBeKnown(ushort major, ushort minor, string message) =>
        Assert.Equal(message, Assert.Throws<CaptureFormatException>(() => Read(new PcapngBuilder().Section(false, major, minor), out _)).Message);

    [Fact]
    public void Version12IsReadAs10() => Assert.Single(Read(new PcapngBuilder().Section(minor: 2).Interface().Enhanced(Packet), out _));

    [Fact]
    public void CutAtEveryByteKeepsWhatIsSound()
    {
        var file = new PcapngBuilder().Section().Interface().Enhanced(Packet).Block(5, new byte[8]).Simple(Packet).Obsolete(Packet).ToArray();
        var most = 0;
        for (var length = 28; length <= file.Length; length++)
        {
            var packets = Read(file[..length], out _);
            Assert.InRange(packets.Count, most, most + 1);
            most = packets.Count;
        }

        Assert.Equal(3, most);
    }

    [Fact]
    public void UnknownBlockLongerThanTheWindowIsSkipped() =>
        Assert.Equal(2, Read(new PcapngBuilder().Section().Interface().Enhanced(Packet).Block(99, new byte[3_000_000]).Enhanced(Packet), out _).Count);

    private static List<(int Number, long Nanoseconds, int LinkType, int Missing, byte[] Data, string? Interface, IReadOnlyList<string> Comments)> Read(PcapngBuilder file, out CaptureFault? fault) =>
        Read(file.ToArray(), out fault);

    private static List<(int Number, long Nanoseconds, int LinkType, int Missing, byte[] Data, string? Interface, IReadOnlyList<string> Comments)> Read(byte[] file, out CaptureFault? fault)
    {
        using var reader = CaptureReader.Open(new MemoryStream(file));
        var packets = new List<(int, long, int, int, byte[], string?, IReadOnlyList<string>)>();
        while (reader.TryRead(out var packet))
        {
            packets.Add((packet.Number, packet.Nanoseconds, packet.LinkType, packet.MissingBytes, packet.Data.ToArray(), packet.Interface, packet.Comments()));
        }

        fault = reader.Fault;
        return packets;
    }
}
