using RexecConformance.Bytes;
using RexecConformance.Captures;

namespace RexecConformance.Tests.Captures;

public sealed class ConversationTextTests
{
    [Fact]
    public void DialogueHidesThePasswordUnlessAsked()
    {
        var conversation = CommittedCaptureTests.Only("glibc-user-too-long");
        Assert.DoesNotContain("wonder-1865", ConversationText.Dialogue(conversation));
        Assert.DoesNotContain("wonder-1865", ConversationText.Line(conversation));
        Assert.Contains("0.***********.ec", ConversationText.Dialogue(conversation));
        Assert.Contains("0.wonder-1865.ec", ConversationText.Dialogue(conversation, showPassword: true));
    }

    [Fact]
    public void DialogueHidesAPasswordThatIsCutIntoSegments()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0user\0sec").FromClient(10, 1, "ret").FromClient(13, 1, "\0cmd\0");
        var text = ConversationText.Dialogue(builder.Read().Conversations[0]);
        Assert.DoesNotContain("sec", text);
        Assert.DoesNotContain("ret", text);
    }

    [Fact]
    public void DialogueHidesWhatMayBeThePasswordAfterALostByte()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "\0us").FromClient(8, 1, "secret\0cmd\0");
        Assert.DoesNotContain("secret", ConversationText.Dialogue(builder.Read().Conversations[0]));
    }

    [Fact]
    public void LineIsWithoutThePassword() => Assert.Equal(
        "  1 2026-11-20T23:26:52.310953000Z 127.0.0.1:46484        127.0.0.1:512          47803 ok      0        S:fin C:fin \"rxalice\" "
        + "\"echo out; echo err >&2; exit 3\"",
        ConversationText.Line(CommittedCaptureTests.Only("glibc-aux-out-err")));

    [Theory]
    [InlineData("a\"\\\n\r\t\0\u00ff", "a\\\"\\\\\\n\\r\\t\\0\\xff")]
    public void Escapes(string text, string expected) => Assert.Equal(expected, ByteText.Escape(System.Text.Encoding.Latin1.GetBytes(text)));
}
