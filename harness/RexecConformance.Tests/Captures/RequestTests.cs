using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures;

public sealed class RequestTests
{
    // The values are facts 2.2: what the C servers arrive at.
    [Theory]
    [InlineData("", 0)]
    [InlineData("65536", 0)]
    [InlineData("65537", 1)]
    [InlineData("99999", 34463)]
    [InlineData("abc", 5451)]
    [InlineData(" 0", 65376)]
    [InlineData("-1", 65507)]
    [InlineData("/", 65535)]
    [InlineData("12\n", 82)]
    [InlineData("0x50", 7250)]
    [InlineData("\u00ff", 65487)]
    public void PortArithmetic(string text, int port) => Assert.Equal(port, PortField.Value(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void PortArithmeticWhereBytesAreUnsigned() => Assert.Equal(207, PortField.Value([0xff], signedBytes: false));

    [Theory]
    [InlineData("47803", 51234, "51234")]
    [InlineData("3840", 51234, "51234")]
    [InlineData("0047803", 51234, "0051234")]
    [InlineData("113339", 1000, "66536")]
    [InlineData("00000000000000047803", 51234, "00000000000000051234")]
    [InlineData("00000000000000000000000000000000000000000113339", 1000, "0000000000000000000000000000000000000000066536")]
    [InlineData("999999999999999999", 65535, "999999999999999999")]
    [InlineData("0999999999999934464", 1, "0999999999999934465")]
    public void PortIsRewrittenInItsOwnForm(string captured, int port, string expected)
    {
        var text = PortField.Rewrite(Encoding.ASCII.GetBytes(captured), port, out var note);
        Assert.Equal(expected, Encoding.ASCII.GetString(text));
        Assert.Equal(port, PortField.Value(text));
        Assert.Null(note);
    }

    [Theory]
    [InlineData("abc", "\"abc\" is no plain number: ")]
    [InlineData("12 ", "\"12 \" is no plain number: ")]
    [InlineData("001000000000000000001", "\"001000000000000000001\" has 19 significant digits, at most 18 can be kept: ")]
    public void FormThatCannotBeKeptIsSaid(string captured, string expected)
    {
        Assert.Equal("1000", Encoding.ASCII.GetString(PortField.Rewrite(Encoding.ASCII.GetBytes(captured), 1000, out var note)));
        Assert.Contains(expected, note);
    }

    [Fact]
    public void FieldsAfterALostByteAreLost()
    {
        var request = Request(new PcapBuilder().Handshake().FromClient(1, 1, "\0user\0pa").FromClient(12, 1, "\0cmd\0"));
        Assert.Equal([FieldState.Complete, FieldState.Complete, FieldState.Lost, FieldState.Lost], request.All.Select(field => field.State));
        Assert.Equal("pa"u8, request.Password.Bytes.Span);
        Assert.Null(request.Length);
    }

    [Fact]
    public void ClientThatStopsInsideAField()
    {
        var request = Request(new PcapBuilder().Handshake().FromClient(1, 1, "0\0us", TcpFlags.Ack | TcpFlags.Fin));
        Assert.Equal([FieldState.Complete, FieldState.Unfinished, FieldState.Absent, FieldState.Absent], request.All.Select(field => field.State));
    }

    [Fact]
    public void CaptureThatBeginsInTheMiddleTellsNoField()
    {
        var conversation = Assert.Single(new PcapBuilder().FromClient(1, 1, "user\0pw\0cmd\0").Read().Conversations);
        Assert.All(conversation.Request.All, field => Assert.Equal(FieldState.Lost, field.State));
        Assert.Equal(AuxOutcome.Unknown, conversation.AuxOutcome);
        Assert.DoesNotContain("pw", ConversationText.Dialogue(conversation));
    }

    [Theory]
    [InlineData("\0out\n", "S:1 O:4")]
    [InlineData("\u0001Login incorrect.\n", "D:18")]
    [InlineData("\u0001", "D:1")]
    [InlineData("\u0001Password incorrect\0out\n", "D:19 S:1 O:4")]
    [InlineData("\0\u0001No remote directory.\nrest", "S:1 D:22 O:4")]
    [InlineData("\0\0", "S:1 O:1")]
    [InlineData("out\n", "O:4")]
    [InlineData("\0\u0001\u0002\u0003", "S:1 O:3")]
    [InlineData("", "")]
    public void PrimaryReplyIsToldApart(string text, string parts) => Assert.Equal(parts, Parts(ServerReply.OfPrimary(Encoding.Latin1.GetBytes(text))));

    [Fact]
    public void NulOnAuxIsAStatusOnlyWherePrimaryHasNone()
    {
        var bytes = "\0err\n"u8.ToArray();
        Assert.Equal("S:1 O:4", Parts(ServerReply.OfAux(bytes, ServerReply.OfPrimary("out\n"u8.ToArray()))));
        Assert.Equal("O:5", Parts(ServerReply.OfAux(bytes, ServerReply.OfPrimary("\0out\n"u8.ToArray()))));
    }

    private static RequestFields Request(PcapBuilder builder) => Assert.Single(builder.Read().Conversations).Request;

    private static string Parts(ServerReply reply) => string.Join(' ', reply.Parts.Select(part => $"{part.Kind.ToString()[0]}:{part.Bytes.Length}"));
}
