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
        { 12, "" },
        { 101, "" },
        { 108, "00000002" },
        { 113, "0000 0001 0006 0000000000000000 0800" },
        { 228, "" },
        { 276, "0800 0000 00000001 0001 00 06 0000000000000000" },
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
    [InlineData("000000000000 000000000000 8847")]
    [InlineData("000000000000 000000000000 8100 0005 8864")]
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

    [Theory]
    [InlineData(0x20, 0x00)]
    [InlineData(0x00, 0x01)]
    public void FragmentsAreCounted(byte high, byte low)
    {
        byte[] packet = [.. Packet[..6], high, low, .. Packet[8..]];
        var contents = new PcapBuilder().Frame(packet).Read();
        Assert.Equal(1, contents.Counts[PacketOutcome.Fragment]);
        Assert.Contains("1 IP fragments are not put together yet", Assert.Single(contents.Warnings));
    }

    [Fact]
    public void Ipv6FragmentsAreCounted() =>
        Assert.Equal(1, new PcapBuilder().Frame(Ipv6(44, [6, 0, 0, 1, 0, 0, 0, 0, .. Packet[20..]])).Read().Counts[PacketOutcome.Fragment]);

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
