using System.Text;
using RexecConformance.Captures;
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
