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
        Assert.Contains("41 bytes \"rxalice1234567890\\0(hidden)\\0echo hello\\0\"", ConversationText.Dialogue(conversation));
        Assert.Contains("rxalice1234567890\\0wonder-1865\\0echo hello\\0", ConversationText.Dialogue(conversation, showPassword: true));
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
    public void DialogueIsInTheFilesOrder() => Assert.Equal(
        """
        conversation 1: 127.0.0.1:46484 to 127.0.0.1:512, 2026-11-20T23:26:52.310953Z
          port      "47803"
          username  "rxalice"
          password  (hidden)
          command   "echo out; echo err >&2; exit 3"
          aux       47803
          status    0
            0.000000 C>S Primary connect
            0.000019 C>S Primary connected
            0.000059 C>S Primary 6 bytes "47803\0"
            0.003040 S>C Aux     connect
        """,
        string.Join('\n', ConversationText.Dialogue(CommittedCaptureTests.Only("glibc-aux-out-err")).Split('\n')[..11]));

    [Theory]
    [InlineData("a\"\\\n\r\t\0\u00ff", "a\\\"\\\\\\n\\r\\t\\0\\xff")]
    public void Escapes(string text, string expected) => Assert.Equal(expected, ByteText.Escape(System.Text.Encoding.Latin1.GetBytes(text)));
}
