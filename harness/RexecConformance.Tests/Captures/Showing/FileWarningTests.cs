using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures.Showing;

public sealed class FileWarningTests
{
    private const string Fields = "user\0pw\0true\0";

    [Fact]
    public void AuxMissesBecauseOfAFilter() =>
        Assert.Contains(
            Warnings(new PcapBuilder().Handshake().FromClient(1, 1, "5000\0").FromClient(6, 1, Fields).FromServer(1, 19, "\0")),
            line => line.EndsWith("the exchange went on, and no connection between these hosts is to another port than 512, so it was probably captured with a port-512 filter"));

    [Fact]
    public void AuxMissesThoughOtherConnectionsAreThere() =>
        Assert.Contains(
            Warnings(new PcapBuilder().Handshake(fromPort: 2000, toPort: 80).Handshake().FromClient(1, 1, "5000\0").FromClient(6, 1, Fields).FromServer(1, 19, "\0")),
            line => line.Contains("though the exchange went on and other connections between these hosts are: its packets were dropped"));

    [Fact]
    public void ServerNeverConnected() =>
        Assert.Contains(
            Warnings(new PcapBuilder().Handshake(fromPort: 2000, toPort: 80).Handshake().FromClient(1, 1, "5000\0").FromServer(1, 6, "", TcpFlags.Ack | TcpFlags.Fin)),
            line => line.EndsWith("the exchange did not go on, so the server never connected"));

    [Fact]
    public void NothingTellsWhyAuxMisses() =>
        Assert.Contains(
            Warnings(new PcapBuilder().Handshake().FromClient(1, 1, "5000\0").FromServer(1, 6, "", TcpFlags.Ack | TcpFlags.Fin)),
            line => line.EndsWith("so it was probably captured with a port-512 filter, or the server never connected"));

    [SkippableFact]
    public void WiresharksOwnSampleWasFiltered() =>
        Assert.Contains(Shown.Table(File.ReadAllBytes(CaptureFiles.Shared("exec-sample.pcap"))).Talk, line => line.EndsWith("so it was probably captured with a port-512 filter"));

    [Theory]
    [InlineData("47803", null)]
    [InlineData("0", null)]
    [InlineData("65535", null)]
    [InlineData("65536", "\"65536\" is more than 65535: servers add up 16 bits and arrive at 0, which asks for no aux connection")]
    [InlineData("70536", "\"70536\" is more than 65535: servers add up 16 bits and arrive at port 5000")]
    [InlineData("99999999999999999999", "is more than 65535")]
    [InlineData("007", "\"007\" has leading zeros: servers add up 16 bits and arrive at port 7")]
    [InlineData("abc", "\"abc\" has bytes that are no digits: servers add up 16 bits and arrive at port 5451")]
    [InlineData("\u00ff", "\"\\xff\" has bytes that are no digits: servers add up 16 bits and arrive at port 65487 (or at 207, where bytes have no sign)")]
    public void OddPortField(string port, string? expected)
    {
        var odd = Warnings(new PcapBuilder().Handshake().FromClient(1, 1, port + "\0" + Fields)).Where(line => line.Contains("the port field")).ToList();
        Assert.Equal(expected is null ? 0 : 1, odd.Count);
        Assert.Contains(expected ?? "", odd.FirstOrDefault() ?? "");
    }

    [Fact]
    public void RefusedAux() =>
        Assert.Contains(
            Warnings(new PcapBuilder().Handshake().FromClient(1, 1, "5000\0")
                .Tcp(PcapBuilder.Server, 40000, 5000, 0, 0, TcpFlags.Syn).Tcp(PcapBuilder.Client, 5000, 40000, 0, 1, TcpFlags.Rst | TcpFlags.Ack)),
            line => line.EndsWith("the server's connection to port 5000 was refused"));

    private static IReadOnlyList<string> Warnings(PcapBuilder builder) => Shown.Table(builder.ToArray()).Talk;
}
