using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Showing;

namespace RexecConformance.Tests.Captures.Showing;

public sealed class DialogueTests
{
    [Fact]
    public void CommittedCaptureInFull() => Assert.Equal(
        """
        conversation 1: 127.0.0.1:46484 to 127.0.0.1:512, 2026-11-20T23:26:52.310953000Z
          port      "47803"
          username  "rxalice"
          password  "***********"
          command   "echo out; echo err >&2; exit 3"
          aux       47803 ok
          status    0
          primary   57 bytes to the server, 5 to the client, ends S:fin C:fin
          aux       0 bytes to the server, 4 to the client, ends S:fin C:fin
          likely    bsd44 (debian, mks, illumos and sco would do the same)
             0.000000 C>S primary connect (frame 1)
             0.000019 C>S primary connected (frame 3)
             0.000059 C>S primary 6 bytes (frame 4)
              00000000  34 37 38 30 33 00                                 47803.
             0.003040 S>C aux     connect (frame 6)
             0.003056 S>C aux     connected (frame 8)
             0.003120 C>S primary 51 bytes (frame 9)
              00000006  72 78 61 6c 69 63 65 00  2a 2a 2a 2a 2a 2a 2a 2a  rxalice.********
              00000016  2a 2a 2a 00 65 63 68 6f  20 6f 75 74 3b 20 65 63  ***.echo out; ec
              00000026  68 6f 20 65 72 72 20 3e  26 32 3b 20 65 78 69 74  ho err >&2; exit
              00000036  20 33 00                                           3.
             0.046330 S>C primary 1 bytes (frame 11)
              00000000  00                                                .
        """,
        string.Join('\n', Shown.Dialogue(File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"))).Split('\n')[..23]));

    [Fact]
    public void LostBytesAreALineOfTheirOwn()
    {
        var text = Shown.Dialogue(new PcapBuilder().Handshake().FromClient(1, 1, "\0user\0pw\0").FromClient(15, 1, "ls\0", TcpFlags.Ack | TcpFlags.Fin).ToArray());
        Assert.Contains("C>S primary 5 bytes are not in the file (frame 5)", text);
        Assert.Contains("command   lost", text);
        Assert.Contains("warning   5 bytes from the client on the primary stream are not in the file (the first at offset 9), in the command", text);
    }

    [Fact]
    public void EvidenceNamesFrameStatementAndBasis() => Assert.EndsWith(
        """
          evidence of the dialect:
            frame 8: diagnostics.bad-password: silence, closed 2.352 s after the request
              for     bad-password: silence of at least 1.000 s: debian (observed)
              against bad-password: "Password incorrect.": bsd44 (observed), illumos (source)
              against bad-password: "Password incorrect": inetutils (observed)
              against bad-password: <\x01?[^\x00\x01]+>: mks (documented)
              against bad-password: "Login incorrect": sco (inferred)
              against bad-password: any diagnostic: solaris (documented), interix (inferred)

        """,
        Shown.Dialogue(File.ReadAllBytes(CaptureFiles.Committed("glibc-bad-password"))));

    [Fact]
    public void PasswordIsShownWhenAskedFor()
    {
        var text = Shown.Dialogue(File.ReadAllBytes(CaptureFiles.Committed("glibc-bad-password")), new ShowOptions { Passwords = true });
        Assert.Contains("password  \"wrong-pass\"", text);
        Assert.Contains("77 72 6f 6e 67", text);
    }
}
