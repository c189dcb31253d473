using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Replay;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures;

public sealed class ReplayComparisonTests
{
    [Fact]
    public void OtherOutputIsADifferenceUnlessItIsNotJudged()
    {
        const string Text = "different from byte 1 on: captured 4 bytes, observed 6: \"ut\\n\", observed \"ther\\n\"";
        Assert.Equal(Text, Assert.Single(Compare("glibc-aux-out-err", Stream("\0other\n"), Stream("err\n"), auxInTime: true), finding => finding.IsDifference).Text);
        var findings = Compare("glibc-aux-out-err", Stream("\0other\n"), Stream("err\n"), auxInTime: true, new ReplayJudging { Output = false });
        Assert.DoesNotContain(findings, finding => finding.IsDifference);
        Assert.Contains(findings, finding => finding is { Kind: FindingKind.Output, Stream: StreamName.Primary, Text: Text });
        Assert.Contains(findings, finding => finding is { Kind: FindingKind.Output, Stream: StreamName.Aux, Text: "the same, 4 bytes" });
    }

    [Fact]
    public void StatusOnTheWrongStreamIsADifferenceOnBoth()
    {
        var findings = Compare("glibc-aux-out-err", Stream("out\n"), Stream("\0err\n"), auxInTime: true);
        Assert.Equal(
            [(FindingKind.Handshake, StreamName.Primary), (FindingKind.Handshake, StreamName.Aux)],
            findings.Where(finding => finding.IsDifference).Select(finding => (finding.Kind, finding.Stream)));
    }

    [Fact]
    public void DiagnosticIsComparedWithItsTerminator()
    {
        var findings = Compare("glibc-user-too-long", Stream("\u0001username too long", EndOfStream.Rst), ObservedStream.Absent);
        var difference = Assert.Single(findings, finding => finding.IsDifference);
        Assert.Equal("captured \"\\x01username too long\\n\", observed \"\\x01username too long\"", difference.Text);
    }

    [Fact]
    public void FinForRstIsAcceptedWhereClientBytesWereUnderWay()
    {
        var findings = Compare("glibc-user-too-long", Stream("\u0001username too long\n"), ObservedStream.Absent);
        Assert.DoesNotContain(findings, finding => finding.IsDifference);
        Assert.Contains("with client bytes under way", Assert.Single(findings, finding => finding.Kind == FindingKind.End).Text);
    }

    [Theory]
    [InlineData(EndOfStream.Rst, "captured fin, observed rst")]
    [InlineData(EndOfStream.None, "captured fin, observed no end")]
    public void OtherEndIsADifference(EndOfStream end, string text)
    {
        var findings = Compare("glibc-bad-password", Stream("", end), ObservedStream.Absent);
        Assert.Equal((FindingKind.End, text), findings.Where(finding => finding.IsDifference).Select(finding => (finding.Kind, finding.Text)).Single());
    }

    [Fact]
    public void ResetCannotBeDemandedThroughAProxy()
    {
        var observed = new ObservedReplay(Stream("", EndOfStream.Rst), ObservedStream.Absent, EndsUncertain: true);
        Assert.DoesNotContain(ReplayComparison.Compare(CommittedCaptureTests.Only("glibc-bad-password"), observed), finding => finding.IsDifference);
    }

    [Fact]
    public void LateAuxIsADifferenceOfOrder()
    {
        var findings = Compare("glibc-aux-out-err", Stream("\0out\n"), Stream("err\n"), auxInTime: false);
        Assert.Equal(FindingKind.Order, Assert.Single(findings, finding => finding.IsDifference).Kind);
    }

    [Fact]
    public void MissingAuxIsADifferenceOfOrder()
    {
        var findings = Compare("glibc-aux-out-err", Stream("\0out\n"), ObservedStream.Absent, auxInTime: false);
        Assert.Equal(FindingKind.Order, Assert.Single(findings, finding => finding.IsDifference).Kind);
    }

    [Theory]
    [InlineData("username", "")]
    [InlineData("username", "pw")]
    [InlineData("password", "")]
    [InlineData("password", "ls\0")]
    public void LimitOfTheCapturedServerIsNamed(string field, string rest)
    {
        string request = $"0\0{(field == "username" ? "" : "alice\0")}{new string('u', 300)}\0{rest}";
        string said = $"\u0001{field} too long\n";
        var conversation = new PcapBuilder().Handshake().FromClient(1, 1, request).FromServer(1, (uint)(1 + request.Length), said)
            .FromServer(1 + (uint)said.Length, (uint)(1 + request.Length), "", TcpFlags.Rst | TcpFlags.Ack).Read().Conversations[0];
        var findings = Against(conversation, "inetutils", new ObservedReplay(new ObservedStream(default, EndOfStream.None, true), ObservedStream.Absent));
        var because = Assert.Single(findings, finding => finding.Kind == FindingKind.Dialect);
        Assert.Matches($"^{field}-limit is 14 in bsd42, bsd44, freebsd and [0-9]+ others; 15 in debian; ", because.Text);
        Assert.EndsWith("; unlimited in inetutils", because.Text);
    }

    [Fact]
    public void LimitOfTheCommandIsNamed()
    {
        string command = new('x', 30_000);
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "0\0u\0p\0" + command)
            .FromServer(1, 30_007, "\u0001command too long\n").FromServer(19, 30_007, "", TcpFlags.Rst | TcpFlags.Ack);
        var findings = Against(builder.Read().Conversations[0], "inetutils", new ObservedReplay(new ObservedStream(default, EndOfStream.None, true), ObservedStream.Absent));
        Assert.Equal("command-limit is 10239 in bsd42; 20479 in bsd44; unlimited in inetutils", Assert.Single(findings, finding => finding.Kind == FindingKind.Dialect).Text);
    }

    [Fact]
    public void EndOfTheServerThatCameFirstIsNoMatterOfEofInAField()
    {
        var conversation = new PcapBuilder().Handshake().FromClient(1, 1, "0\0alice\0S3cr").FromServer(1, 13, "", TcpFlags.Ack | TcpFlags.Fin)
            .FromClient(13, 2, "", TcpFlags.Ack | TcpFlags.Fin).Read().Conversations[0];
        var dialects = Importing.ImportedFolder.Dialects;
        var judging = new ReplayJudging { Captured = [dialects["debian"]], Target = dialects["inetutils"] };
        var findings = ReplayComparison.Compare(conversation, new ObservedReplay(new ObservedStream(default, EndOfStream.None, true), ObservedStream.Absent), judging);
        Assert.Contains(findings, finding => finding.IsDifference);
        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.Dialect);
    }

    private static IReadOnlyList<ReplayFinding> Against(Conversation conversation, string target, ObservedReplay observed)
    {
        var dialects = Importing.ImportedFolder.Dialects;
        var captured = CapturedDialects.Of(conversation, new CaptureOrigin("made.pcap", new string('0', 64), null), dialects);
        return ReplayComparison.Compare(conversation, observed, new ReplayJudging { Captured = captured, Target = dialects[target] });
    }

    [SkippableFact]
    public void CaptureWithoutItsAuxConnectionComparesOnlyThePrimary()
    {
        var conversation = CaptureContents.Read(CaptureFiles.Shared("exec-sample.pcap")).Conversations[0];
        var findings = ReplayComparison.Compare(conversation, new ObservedReplay(Stream("\0now\n"), Stream("\u0001odd\n"), true), new ReplayJudging { Output = false });
        Assert.DoesNotContain(findings, finding => finding.IsDifference);
        Assert.Contains(findings, finding => finding is { Kind: FindingKind.Order, Text: "the aux connection is not in the file; the target made one: not compared" });
    }

    private static ObservedStream Stream(string text, EndOfStream end = EndOfStream.Fin) => new(Encoding.Latin1.GetBytes(text), end, true);

    private static IReadOnlyList<ReplayFinding> Compare(string slug, ObservedStream primary, ObservedStream aux, bool? auxInTime = null, ReplayJudging? judging = null) =>
        ReplayComparison.Compare(CommittedCaptureTests.Only(slug), new ObservedReplay(primary, aux, auxInTime), judging ?? new ReplayJudging());
}
