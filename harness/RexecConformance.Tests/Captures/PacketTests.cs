using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures;

public sealed class PacketTests
{
    private static readonly byte[] Packet = PcapBuilder.Ip(PcapBuilder.Client, 1023, 512, 1, 1, TcpFlags.Ack, "x");

    public static TheoryData<int, string> LinkHeaders => new()
    {
        { 0, "02000000" },
        { 0, "00000002" },
        { 1, "000000000000 000000000000 0800" },
        { 1, "000000000000 000000000000 8100 0005 0800" },
        { 1, "000000000000 000000000000 88a8 0007 8100 0005 0800" },
        { 1, "000000000000 000000000000 9100 0007 8100 0005 8100 0006 0800" },
        { 1, "000000000000 000000000000 0031 aaaa03 000000 0800" },
        { 1, "000000000000 000000000000 0031 aaaa03 0000f8 8100 0005 0800" },
        { 1, "000000000000 000000000000 8100 0005 0031 aaaa03 000000 0800" },
        { 1, "000000000000 000000000000 002c 060603" },
        { 1, "000000000000 000000000000 8847 00010040 00020140" },
        { 1, "000000000000 000000000000 8864 1100 0001 002b 0021" },
        { 1, "000000000000 000000000000 8100 0005 8864 1100 0001 002a 21" },
        { 9, "ff03 0021" },
        { 9, "0021" },
        { 9, "21" },
        { 10, "50 000000000000 000000000000 aaaa03 000000 0800" },
        { 12, "" },
        { 14, "" },
        { 50, "ff03 0021" },
        { 50, "ff03 21" },
        { 50, "0021" },
        { 50, "0281 00020140" },
        { 50, "0f00 0800" },
        { 50, "8f00 0800" },
        { 101, "" },
        { 108, "00000002" },
        { 113, "0000 0001 0006 0000000000000000 0800" },
        { 113, "0000 0001 0006 0000000000000000 8100 0005 0800" },
        { 113, "0000 0001 0006 0000000000000000 0004 aaaa03 000000 0800" },
        { 228, "" },
        { 239, "02 00 0001 0800 0100 00000000 0500 0a00 41000000 2d00 0900" },
        { 239, "02 00 0001 0008 0001 00000000 0005 000a 41000000 002d 0009" },
        { 276, "0800 0000 00000001 0001 00 06 0000000000000000" },
        { 276, "8100 0000 00000001 0001 00 06 0000000000000000 0005 0800" },
    };

    [Theory]
    [MemberData(nameof(LinkHeaders))]
    public void LinkLayerIsRead(int linkType, string header)
    {
        byte[] frame = [.. Convert.FromHexString(header.Replace(" ", "")), .. Packet, 0xff, 0xff];
        var contents = new PcapBuilder(linkType).Frame(frame).Read();

        Assert.Empty(contents.Warnings);
        Assert.Equal("x"u8, Assert.Single(contents.Connections).FromInitiator.KnownBytes());
        for (var cut = 0; cut < frame.Length - Packet.Length; cut++)
        {
            Assert.Equal(0, new PcapBuilder(linkType).Frame(frame, cut).Read().Counts[PacketOutcome.Tcp]);
        }
    }

    [Fact]
    public void UnknownLinkTypeIsNamed() =>
        Assert.Equal("1 packets are not read: link type 147 is not known", Assert.Single(new PcapBuilder(147).Frame(Packet).Read().Warnings));

    [Theory]
    [InlineData("000000000000 000000000000 8847 00000140 00000000")]
    [InlineData("000000000000 000000000000 8100 0005 8864 1100 0001 002b 002d")]
    [InlineData("000000000000 000000000000 0800 450000140000000040320000 0a000001 0a000002")]
    public void WrappedPacketsAreToldApartFromOtherProtocols(string header)
    {
        var contents = new PcapBuilder(1).Frame([.. Convert.FromHexString(header.Replace(" ", "")), .. Packet]).Read();
        Assert.StartsWith("1 packets are wrapped in another protocol", Assert.Single(contents.Warnings));
    }

    [Fact]
    public void Ipv4OptionsAreSkipped()
    {
        byte[] packet = [0x46, 0, 0, (byte)(Packet.Length + 4), .. Packet[4..20], 1, 1, 1, 1, .. Packet[20..]];
        Assert.Equal("x"u8, Sent(packet));
    }

    [Fact]
    public void LengthZeroIsSegmentationOffload()
    {
        byte[] packet = [.. Packet[..2], 0, 0, .. Packet[4..]];
        Assert.Equal("x"u8, Sent(packet));
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("06 00 0000 00000000", 0)]
    [InlineData("3c 00 0000 00000000 06 00 0000 00000000", 0)]
    [InlineData("06 04 0000 00000000 0000000000000000 0000000000000000", 51)]
    [InlineData("06 00 0000 00000000", 44)]
    public void Ipv6ExtensionHeadersAreSkipped(string headers, byte first)
    {
        var extensions = Convert.FromHexString(headers.Replace(" ", ""));
        Assert.Equal("x"u8, Sent(Ipv6(first, [.. extensions, .. Packet[20..]])));
    }

    [Fact]
    public void IpInIpIsRead()
    {
        byte[] outer = [.. Packet[..2], 0, (byte)(20 + Packet.Length), .. Packet[4..9], 4, .. Packet[10..20], .. Packet];
        Assert.Equal("x"u8, Sent(outer));
        Assert.Equal("x"u8, Sent(Ipv6(4, Packet)));
        Assert.Equal("x"u8, Sent(Ipv6(41, Ipv6(6, Packet[20..]))));
    }

    [Theory]
    [InlineData("0000 0800")]
    [InlineData("8000 0800 00000000")]
    [InlineData("b000 0800 00000000 00000001 00000002")]
    public void IpInGreIsRead(string header)
    {
        byte[] inner = [.. Convert.FromHexString(header.Replace(" ", "")), .. Packet];
        Assert.Equal("x"u8, Sent(Ipv6(47, inner)));
    }

    [Theory]
    [InlineData("3001 880b 00000000 00000001", PacketOutcome.Wrapped)]
    [InlineData("0000 6558", PacketOutcome.Wrapped)]
    [InlineData("b000 0800 00000000", PacketOutcome.HeaderCut)]
    [InlineData("0000", PacketOutcome.HeaderCut)]
    public void OtherGreIsCounted(string header, PacketOutcome outcome) =>
        Assert.Equal(1, new PcapBuilder().Frame(Ipv6(47, Convert.FromHexString(header.Replace(" ", "")))).Read().Counts[outcome]);

    [Fact]
    public void TunnelsInTunnelsEnd()
    {
        var packet = Packet;
        for (var i = 0; i < 10; i++)
        {
            packet = [.. Packet[..2], 0, (byte)(20 + packet.Length), .. Packet[4..9], 4, .. Packet[10..20], .. packet];
        }

        Assert.Equal(1, new PcapBuilder().Frame(packet).Read().Counts[PacketOutcome.Wrapped]);
    }

    [Fact]
    public void OtherProtocolsAreCountedWithoutAWarning()
    {
        byte[] udp = [.. Packet[..9], 17, .. Packet[10..]];
        var contents = new PcapBuilder().Frame(udp).Read();
        Assert.Equal(1, contents.Counts[PacketOutcome.NotTcp]);
        Assert.Empty(contents.Warnings);
    }

    [Fact]
    public void AddressesPrintAsUsual()
    {
        var connection = Assert.Single(new PcapBuilder().Frame(Ipv6(6, Packet[20..])).Read().Connections);
        Assert.Equal("[fd00::1]:1023 [fd00::2]:512", $"{connection.Initiator} {connection.Responder}");
    }

    private static byte[] Sent(byte[] packet)
    {
        var contents = CaptureContents.Read(new MemoryStream(new PcapBuilder().Frame(packet).ToArray()));
        Assert.Empty(contents.Warnings);
        return Assert.Single(contents.Connections).FromInitiator.KnownBytes();
    }

    private static byte[] Ipv6(byte next, byte[] payload)
    {
        var packet = new byte[40 + payload.Length];
        (packet[0], packet[5], packet[6]) = (0x60, (byte)payload.Length, next);
        (packet[8], packet[23], packet[24], packet[39]) = (0xfd, 1, 0xfd, 2);
        payload.CopyTo(packet, 40);
        return packet;
    }
}
