using System.Text;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

public sealed class ReassemblyTests
{
    [Fact]
    public void OutOfOrderRepeatedAndOverlappingBytes()
    {
        var client = Client(new PcapBuilder().Handshake()
            .FromClient(4, 1, "def")
            .FromClient(1, 1, "abc")
            .FromClient(1, 1, "abc")
            .FromClient(3, 1, "CDEFGH"));

        // The first copy of each byte counts, and GH is new.
        Assert.Equal("abcdefGH", Text(client));
        Assert.Equal(["abc", "def", "GH"], client.Pieces.Select(piece => Encoding.ASCII.GetString(piece.Bytes.Span)));
        Assert.Equal(7, client.RepeatedBytes);
        Assert.Empty(client.Lost);
    }

    [Fact]
    public void SequenceNumbersWrapAround()
    {
        var client = Client(new PcapBuilder().Handshake(start: uint.MaxValue - 2)
            .FromClient(uint.MaxValue - 1, uint.MaxValue - 1, "abc")
            .FromClient(1, uint.MaxValue - 1, "def")
            .FromClient(4, uint.MaxValue - 1, "", TcpFlags.Fin | TcpFlags.Ack));

        Assert.Equal("abcdef", Text(client));
        Assert.Equal((6, EndOfStream.Fin), (client.Length, client.End));
    }

    [Fact]
    public void AcknowledgedButNeverSeenIsLost()
    {
        var client = Client(new PcapBuilder().Handshake().FromClient(1, 1, "abc").FromServer(1, 7, "").FromClient(7, 1, "ghi"));

        Assert.Equal([new LostBytes(3, 3, true)], client.Lost);
        Assert.Equal("abc", Encoding.ASCII.GetString(client.Prefix.Span));
        Assert.Equal("abcghi", Text(client));
    }

    [Fact]
    public void LostAtTheEndIsLostToo()
    {
        var client = Client(new PcapBuilder().Handshake().FromClient(1, 1, "abc").FromServer(1, 9, ""));
        Assert.Equal([new LostBytes(3, 5, true)], client.Lost);
        Assert.Equal(8, client.Length);
    }

    [Fact]
    public void HoleThatNobodyAcknowledgedIsMarkedSo()
    {
        var client = Client(new PcapBuilder().Handshake().FromClient(3, 1, "cd"));
        Assert.Equal([new LostBytes(0, 2, false)], client.Lost);
    }

    [Fact]
    public void SnapLengthLosesTheTailUntilItIsSentAgain()
    {
        var frame = PcapBuilder.Ip(PcapBuilder.Client, 1023, 512, 1, 1, TcpFlags.Ack, "abcdef");
        var builder = new PcapBuilder().Handshake().Frame(frame, captured: 42);
        Assert.Equal([new LostBytes(2, 4, false)], Client(builder).Lost);
        Assert.Contains("1 packets are not in the file to their end", Assert.Single(builder.Read().Warnings));

        builder.FromClient(3, 1, "cdef");
        Assert.Equal("abcdef", Text(Client(builder)));
    }

    [Fact]
    public void DataOfAResetIsNoPartOfTheStream()
    {
        var server = new PcapBuilder().Handshake().FromServer(1, 1, "x").FromServer(2, 1, "why", TcpFlags.Rst).Read().Connections[0].FromResponder;
        Assert.Equal("x", Text(server));
        Assert.Equal(EndOfStream.Rst, server.End);
    }

    [Fact]
    public void KeepAliveProbeBeforeTheFirstByteIsIgnored() =>
        Assert.Equal("abc", Text(Client(new PcapBuilder().Handshake().FromClient(0, 1, "?").FromClient(1, 1, "abc"))));

    [Fact]
    public void SynThatComesLateStillSaysWhereTheStreamStarts()
    {
        var client = Client(new PcapBuilder().FromClient(3, 1, "cd").Tcp(PcapBuilder.Client, 1023, 512, 0, 0, TcpFlags.Syn).FromClient(1, 1, "ab"));
        Assert.True(client.StartKnown);
        Assert.Equal("abcd", Text(client));
    }

    [Fact]
    public void SamePortsUsedAgainAreAnotherConnection()
    {
        var contents = new PcapBuilder().Handshake().FromClient(1, 1, "a").Handshake(start: 90000).FromClient(90001, 90001, "b").Read();
        Assert.Equal(["a", "b"], contents.Connections.Select(connection => Text(connection.FromInitiator)));
    }

    [Fact]
    public void RepeatedSynIsTheSameConnection() =>
        Assert.Single(new PcapBuilder().Tcp(PcapBuilder.Client, 1023, 512, 0, 0, TcpFlags.Syn).Handshake().Read().Connections);

    [Theory]
    [InlineData(1, "real")]
    [InlineData(4, "fooreal")]
    public void DataOfASynCountsIfItIsAcknowledged(uint ack, string expected)
    {
        var client = Client(new PcapBuilder()
            .Tcp(PcapBuilder.Client, 1023, 512, 0, 0, TcpFlags.Syn, "foo")
            .Tcp(PcapBuilder.Server, 512, 1023, 0, ack, TcpFlags.Syn | TcpFlags.Ack)
            .FromClient(ack, 1, "real"));
        Assert.Equal(expected, Text(client));
        Assert.Empty(client.Lost);
    }

    [Theory]
    [InlineData(1, "real")]
    [InlineData(4, "fooreal")]
    public void DataOfASynWithoutItsAnswerInTheFile(uint next, string expected) =>
        Assert.Equal(expected, Text(Client(new PcapBuilder().Tcp(PcapBuilder.Client, 1023, 512, 0, 0, TcpFlags.Syn, "foo").FromClient(next, 1, "real"))));

    [Theory]
    [InlineData(4, EndOfStream.Rst)]
    [InlineData(500_000, EndOfStream.None)]
    public void ResetFarAwayIsNone(uint sequence, EndOfStream end) =>
        Assert.Equal(end, Client(new PcapBuilder().Handshake().FromClient(1, 1, "abc").FromClient(sequence, 1, "", TcpFlags.Rst)).End);

    private static TcpDirection Client(PcapBuilder builder) => Assert.Single(builder.Read().Connections).FromInitiator;

    private static string Text(TcpDirection direction) => Encoding.ASCII.GetString(direction.KnownBytes());
}
