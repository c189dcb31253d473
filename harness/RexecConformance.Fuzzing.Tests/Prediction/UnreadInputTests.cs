using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Input that a command leaves unread: the kernel resets, and a real one may lose what it had not sent.</summary>
public class UnreadInputTests
{
    private static readonly FuzzCase s_unread = Cases.Raw("\0good\0secret\0echo out; echo err >&2\0" + "0123456");

    [Theory]
    [InlineData("\0out\nerr\n", true)]
    [InlineData("\0out\n", true)]
    [InlineData("\0", true)]
    [InlineData("\0err\n", false)]
    [InlineData("\0out\ner", false)]
    [InlineData("", false)]
    public void Of_many_segments_the_last_writes_of_a_real_process_may_be_lost(string seen, bool right)
    {
        PredictedAnswer answer = Predict(s_unread with { Fragments = new PerByteFragmentation() }, realShell: true);
        Assert.Equal(right, answer.Primary.Content!.Matches(ByteText.Latin1.GetBytes(seen)));
        Assert.Equal(EndRule.Closed, answer.Primary.End);
    }

    [Fact]
    public void Of_one_segment_nothing_is_lost_nor_by_scripted_commands()
    {
        Assert.True(Predict(s_unread, realShell: true).Primary is { Content.IsLiteral: true, End: EndRule.Rst });
        Assert.True(Predict(s_unread with { Fragments = new PerByteFragmentation() }, realShell: false).Primary.Content!.IsLiteral);
    }

    private static PredictedAnswer Predict(FuzzCase fuzzCase, bool realShell) =>
        new Predictor(Suite.Dialect("inetutils"), AccountFile.Default, Shell.Sh, Suite.LinuxArgument) { RealShell = realShell }.Predict(fuzzCase, 0);
}
