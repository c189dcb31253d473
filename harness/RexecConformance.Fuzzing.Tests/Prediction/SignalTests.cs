using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Bytes on the auxiliary connection while a command runs.</summary>
public class SignalTests
{
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done\0";

    [Theory]
    [InlineData("bsd44", 15, "\\0ready\\ncaught\\n")]
    [InlineData("bsd44", 9, "\\0ready\\n")]
    [InlineData("bsd44", 0, "\\0ready\\ndone\\n")]
    [InlineData("bsd44", 200, "\\0ready\\ndone\\n")]
    [InlineData("debian", 15, "\\0ready\\ndone\\n")]
    public void A_signal_that_is_surely_seen_has_a_known_effect(string dialect, byte number, string primary) =>
        Assert.Equal(primary, ByteText.Escape(Predict(dialect, Trap, number, wait: true).Primary.Content!.LiteralBytes));

    // What these do depends on the shell, or on which came first, or on whether there is a connection at all.
    [Theory]
    [InlineData("bsd44", Trap, 2, true)]
    [InlineData("bsd44", Trap, 15, false)]
    [InlineData("bsd44", "echo out\0", 15, true)]
    [InlineData("hpux", Trap, 15, true)]
    [InlineData("aix", Trap, 15, true)]
    [InlineData("netkit010", "cat\0", 15, true)]
    public void Of_other_signals_nothing_is_said(string dialect, string command, byte number, bool wait) =>
        Assert.Null(Predict(dialect, command, number, wait).Primary.Content);

    // FreeBSD's daemon with PAM takes a byte for a reason to look at its pipe, and an empty pipe for the end (facts 3.5).
    [Fact]
    public void A_byte_may_end_error_output()
    {
        PredictedAnswer answer = Predict("freebsd-pam", "cat >&2\0x", 119, wait: true);
        Assert.Equal((null, null, null), (answer.Primary.End, answer.Aux.Content, answer.Aux.End));
        PredictedAnswer other = Predict("bsd44", "cat >&2\0x", 119, wait: true);
        Assert.Equal((EndRule.Open, "x", EndRule.Open), (other.Primary.End!.Value, ByteText.Escape(other.Aux.Content!.LiteralBytes), other.Aux.End!.Value));
    }

    private static PredictedAnswer Predict(string dialect, string command, byte number, bool wait)
    {
        var steps = new List<SendStep> { Cases.Aux(), Cases.Bytes("good\0secret\0" + command), new AwaitAuxStep(TimeSpan.FromSeconds(10)) };
        if (wait)
        {
            steps.Add(new AwaitBytesStep(StreamName.Primary, new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes("ready\n"))]), TimeSpan.FromSeconds(1)));
            steps.Add(new PauseStep(TimeSpan.FromMilliseconds(100)));
        }

        steps.Add(new SignalStep([number]));
        return Suite.Predictor(dialect).Predict(Cases.Of(AuxMode.Listen, [.. steps]), Cases.Port);
    }
}
