using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures;

public sealed class ConversationTests
{
    private const string Request = "\0u\0p\0c\0";

    [Fact]
    public void AuxIsFoundByThePortArithmetic()
    {
        // 65536 + 5000
        var contents = new PcapBuilder().Handshake().FromClient(1, 1, "70536\0").Handshake(PcapBuilder.Server, 40000, 5000).Read();
        var conversation = Assert.Single(contents.Conversations);
        Assert.Equal((AuxOutcome.Connected, 5000), (conversation.AuxOutcome, conversation.AuxPort));
    }

    [Fact]
    public void RefusedAuxIsTold()
    {
        var conversation = Assert.Single(new PcapBuilder().Handshake().FromClient(1, 1, "5000\0")
            .Tcp(PcapBuilder.Server, 40000, 5000, 0, 0, TcpFlags.Syn)
            .Tcp(PcapBuilder.Client, 5000, 40000, 0, 1, TcpFlags.Rst | TcpFlags.Ack).Read().Conversations);
        Assert.Equal(AuxOutcome.Failed, conversation.AuxOutcome);
        Assert.True(conversation.Aux!.Refused);
    }

    [Fact]
    public void OtherConnectionToTheSameHostIsNotTheAux() =>
        Assert.Equal(
            AuxOutcome.NotInFile,
            new PcapBuilder().Handshake().FromClient(1, 1, "5000\0").Handshake(PcapBuilder.Server, 40000, 5001).Read().Conversations[0].AuxOutcome);

    [Fact]
    public void ConversationOnAnotherPortIsFoundByShape()
    {
        PcapBuilder builder = new();
        builder.Handshake(toPort: 5512).Tcp(PcapBuilder.Client, 1023, 5512, 1, 1, TcpFlags.Ack, Request);
        builder.Handshake(fromPort: 1022, toPort: 80).Tcp(PcapBuilder.Client, 1022, 80, 1, 1, TcpFlags.Ack, "GET / HTTP/1.0\r\n\r\n");
        Assert.Equal(5512, Assert.Single(builder.Read().Conversations).Server.Port);
        Assert.Equal(80, Assert.Single(CaptureContents.Read(new MemoryStream(builder.ToArray()), port: 80).Conversations).Server.Port);
    }

    [Fact]
    public void FileThatStopsEarlySaysSo() =>
        Assert.Equal("the file shows no end of the primary connection", Assert.Single(new PcapBuilder().Handshake().FromClient(1, 1, Request).Read().Conversations[0].Warnings));

    [SkippableFact]
    public void FourAtATimeAreKeptApart()
    {
        var conversations = CaptureContents.Read(CaptureFiles.Shared("rexec/140-four-parallel-aux.pcap")).Conversations;
        Assert.Equal(4, conversations.Count);
        Assert.All(conversations, one => Assert.Equal(AuxOutcome.Connected, one.AuxOutcome));
        Assert.Equal(4, conversations.Select(one => one.Aux!.Index).Distinct().Count());
    }

    [SkippableFact]
    public void StatusOnAux()
    {
        var conversation = Only("rexec/81-gnud-glibc-aux.pcap");
        Assert.Equal(StreamName.Aux, conversation.StatusStream);
        Assert.Equal("out\n"u8, conversation.PrimaryReply.Output);
        Assert.Equal(EndOfStream.Rst, conversation.End(Side.Client, StreamName.Aux));
    }

    [SkippableFact]
    public void DiagnosticOnAuxAfterTheStatus()
    {
        var conversation = Only("rexec/25-glibc-nohome-aux.pcap");
        Assert.Equal(StreamName.Primary, conversation.StatusStream);
        Assert.Equal("\u0001No remote directory.\n"u8, conversation.AuxReply.Handshake);
    }

    [SkippableFact]
    public void SnapLengthLosesTheFieldsNotTheReading()
    {
        var contents = CaptureContents.Read(CaptureFiles.Shared("rexec/124-veth-snaplen68.pcap"));
        var conversation = Assert.Single(contents.Conversations);
        Assert.Equal((FieldState.Lost, AuxOutcome.Unknown), (conversation.Request.Port.State, conversation.AuxOutcome));
        Assert.Equal("60"u8, conversation.Request.Port.Bytes.Span);
        Assert.Contains(contents.Warnings, warning => warning.Contains("snap length too small"));
    }

    [SkippableFact]
    public void BytesThatTcpdumpDroppedAreNamed()
    {
        var conversation = Only("rexec/17-glibc-seq20000-noaux-CAPTURE-GAPS.pcap");
        Assert.Equal([new LostBytes(53249, 55646, true)], conversation.Primary.FromResponder.Lost);
        Assert.Contains(conversation.Warnings, warning => warning.StartsWith("55646 bytes from the server"));
    }

    private static Conversation Only(string name) => Assert.Single(CaptureContents.Read(CaptureFiles.Shared(name)).Conversations);
}
