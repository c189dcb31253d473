using RexecConformance.Bytes;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Replay;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Captures;

public sealed class ReplayScriptTests
{
    [Fact]
    public void AuxIsAwaitedBeforeTheUserName() => Assert.Equal(
        [
            "Send 60001\\0", "AwaitAux", "Send rxalice\\0wonder-1865\\0echo out; echo err >&2; exit 3\\0",
            "AwaitBytes Primary 5", "AwaitEnd Aux", "Close Aux", "AwaitEnd Primary", "Close Primary",
        ],
        Words(Script("glibc-aux-out-err").WithAuxPort(60001)));

    [Fact]
    public void SilenceIsAwaitedToItsEnd()
    {
        var script = Script("glibc-bad-password");
        Assert.Equal(["Send \\0", "Send rxalice\\0wrong-pass\\0echo hello\\0", "AwaitEnd Primary", "Close Primary"], Words(script));
        Assert.Equal(12.35, Assert.Single(script.Actions.OfType<AwaitEnd>()).Within.TotalSeconds, 2);
        Assert.Equal(AuxMode.None, script.AuxMode);
    }

    [Fact]
    public void FinOfTheClientThatCameFirstLeavesItReading() => Assert.Equal(
        ["Send \\0", "Send rxalice1234567890\\0wonder-1865\\0echo hello\\0", "AwaitBytes Primary 19", "HalfClose Primary", "AwaitEnd Primary", "Close Primary"],
        Words(Script("glibc-user-too-long")));

    [Fact]
    public void FinThatCrossedTheServersComesAfterIt()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "0\0u\0p\0c\0").FromServer(1, 9, "\0").FromServer(2, 9, "", TcpFlags.Ack | TcpFlags.Fin)
            .FromClient(9, 2, "", TcpFlags.Ack | TcpFlags.Fin);
        var script = ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!;
        Assert.Equal(["Send 0\\0u\\0p\\0c\\0", "AwaitEnd Primary", "Close Primary"], Words(script));
    }

    [Fact]
    public void SegmentsStayAsTheyWere()
    {
        var script = Script("commonsnet-aux-out-err").WithAuxPort(40000).Substitute("good", "secret");
        Assert.Equal(
            ["40000", "\\0", "good", "\\0", "secret", "\\0", "echo out; echo err >&2", "\\0"],
            script.Actions.OfType<Send>().Select(send => ByteText.Escape(send.Bytes)));
        Assert.Equal(["the username has 4 bytes in place of 7", "the password has 6 bytes in place of 11"], script.Notes);
    }

    [Theory]
    [InlineData("7", "7 | \\0u\\0p | w\\0c\\0")]
    [InlineData("61234", "6 | 1234\\0u\\0p | w\\0c\\0")]
    public void PortAcrossSegments(string port, string segments)
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "5").FromClient(2, 1, "00\0u\0p").FromClient(8, 1, "w\0c\0");
        var script = ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!;
        Assert.Equal(segments, Sends(script.WithAuxPort(int.Parse(port))));
    }

    [Fact]
    public void SegmentThatNothingIsLeftForIsLeftOutAndNoted()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0ab").FromClient(4, 1, "cd").FromClient(6, 1, "\0p\0c\0");
        var script = ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!.Substitute("x", "");
        Assert.Equal("\\0x | \\0\\0c\\0", Sends(script));
        Assert.Contains("1 fewer segments, as the username is shorter", script.Notes);
    }

    [Fact]
    public void EmptyFieldIsFilledBeforeItsNul()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0").FromClient(2, 1, "\0").FromClient(3, 1, "\0c\0");
        var script = ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!.Substitute("u", "p");
        Assert.Equal("\\0 | u\\0 | p\\0c\\0", Sends(script));
    }

    [Fact]
    public void OriginalPaceKeepsThePauses()
    {
        var script = Script("commonsnet-aux-out-err", new ReplayOptions { OriginalPace = true });
        Assert.True(script.Actions[0] is Pause { Duration.TotalMilliseconds: > 3 and < 4 });
    }

    [Fact]
    public void LostClientBytesAreAReasonNotToReplay()
    {
        var conversation = new PcapBuilder().Handshake().FromClient(1, 1, "\0u").FromClient(9, 1, "\0").Read().Conversations[0];
        Assert.Null(ReplayScript.TryCreate(conversation, null, out var reason));
        Assert.Equal("6 bytes that the client sent are not in the file (the first at offset 2 of primary)", reason);
    }

    [Fact]
    public void RefusedAuxIsRefusedAgain()
    {
        var conversation = new PcapBuilder().Handshake().FromClient(1, 1, "5000\0")
            .Tcp(PcapBuilder.Server, 40000, 5000, 0, 0, TcpFlags.Syn)
            .Tcp(PcapBuilder.Client, 5000, 40000, 0, 1, TcpFlags.Rst | TcpFlags.Ack)
            .FromServer(1, 6, "", TcpFlags.Fin | TcpFlags.Ack).Read().Conversations[0];
        var script = ReplayScript.TryCreate(conversation, null, out _)!;
        Assert.Equal(AuxMode.Refuse, script.AuxMode);
        Assert.Equal(["Send 7000\\0", "AwaitEnd Primary", "Close Primary"], Words(script.WithAuxPort(7000)));
    }

    [Fact]
    public void ResetOfTheClientStaysOne()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0u\0p\0c\0").FromServer(1, 8, "\0", TcpFlags.Ack | TcpFlags.Fin);
        builder.FromClient(8, 3, "", TcpFlags.Ack | TcpFlags.Rst);
        Assert.Equal(
            ["Send \\0u\\0p\\0c\\0", "AwaitEnd Primary", "Reset Primary"],
            Words(ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!));
    }

    [Fact]
    public void FinInTheSegmentOfTheLastBytesIsNoted()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0u", TcpFlags.Ack | TcpFlags.Fin);
        var script = ReplayScript.TryCreate(builder.Read().Conversations[0], null, out _)!;
        Assert.Equal(["Send \\0u", "HalfClose Primary"], Words(script).Take(2));
        Assert.Contains("were one segment", Assert.Single(script.Notes));
    }

    [SkippableTheory]
    [InlineData("66-gnu-rexec-client-noaux", "Send 0\\0 / Send rxalice\\0 / Send wonder-1865\\0 / Send echo hello\\0 / HalfClose Primary / AwaitEnd Primary / Close Primary")]
    [InlineData("39-raw-eof-mid-user", "Send 0\\0rxal / HalfClose Primary / AwaitEnd Primary / Close Primary")]
    [InlineData("45-raw-aux-close-early", "Send 47735\\0 / AwaitAux / Send rxalice\\0wonder-1865\\0sleep 1; echo e >&2; echo o\\0 / AwaitBytes Primary 1 / Close Aux / AwaitEnd Primary / Close Primary")]
    [InlineData("67-gnu-rexec-client-aux", "Send 34477\\0 / AwaitAux / HalfClose Aux / Send rxalice\\0 / Send wonder-1865\\0 / Send echo out; echo err >&2\\0 / HalfClose Primary / AwaitEnd Primary / Close Primary / AwaitEnd Aux / Close Aux")]
    [InlineData("16-glibc-signal-byte-readable-on-fd2", "Send 39805\\0 / AwaitAux / Send rxalice\\0wonder-1865\\0echo started; head -c1 <&2 | od -An -tx1\\0 / AwaitBytes Primary 9 / Send \\x02 / AwaitEnd Primary / Close Primary / AwaitEnd Aux / Close Aux")]
    public void ClientsOfManyKinds(string name, string expected)
    {
        var conversation = CaptureContents.Read(CaptureFiles.Shared($"rexec/{name}.pcap")).Conversations[0];
        Assert.Equal(expected.Split(" / "), Words(ReplayScript.TryCreate(conversation, null, out _)!));
    }

    internal static IEnumerable<string> Words(ReplayScript script) => script.Actions.Select(action => action switch
    {
        Send send => $"Send {ByteText.Escape(send.Bytes)}",
        AwaitAux => "AwaitAux",
        AwaitBytes wait => $"AwaitBytes {wait.Stream} {wait.Count}",
        AwaitEnd wait => $"AwaitEnd {wait.Stream}",
        HalfClose half => $"HalfClose {half.Stream}",
        Close close => $"Close {close.Stream}",
        Reset reset => $"Reset {reset.Stream}",
        _ => action.ToString(),
    });

    private static string Sends(ReplayScript script) =>
        string.Join(" | ", script.Actions.OfType<Send>().Select(send => ByteText.Escape(send.Bytes)));

    private static ReplayScript Script(string slug, ReplayOptions? options = null) =>
        ReplayScript.TryCreate(CommittedCaptureTests.Only(slug), options, out _)!;
}
