using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Clients that leave: a reset overtakes what was sent before it, so that only what the client waited for is certain.</summary>
public class LeavingTests
{
    private static readonly AwaitAuxStep s_await = new(TimeSpan.FromSeconds(10));
    private static readonly ResetStep s_reset = new(StreamName.Primary);

    [Fact]
    public void A_connection_that_was_waited_for_ends_without_a_byte()
    {
        PredictedAnswer answer = Predict(Cases.Aux(), Cases.Bytes("nosuch"), s_await, s_reset);
        Assert.Equal(("client-left", Answers.NothingStated, Answers.Silent), (answer.Reply, answer.Primary, answer.Aux));
    }

    // Debian's daemon did not connect: it had found the reset in place of the port.
    [Fact]
    public void One_that_is_waited_for_after_the_reset_may_never_come() =>
        Assert.Equal(Answers.NothingStated, Predict(Cases.Aux(), s_reset, s_await).Aux);

    [Fact]
    public void Nor_need_one_come_in_a_moment() =>
        Assert.Equal(Answers.NothingStated, Predict(Cases.Aux(), new AwaitAuxStep(TimeSpan.FromMilliseconds(100)), s_reset).Aux);

    [Fact]
    public void What_a_command_says_to_a_client_that_has_left_is_not_stated() =>
        Assert.Equal(Answers.NothingStated, Predict(Cases.Aux(), s_await, Cases.Bytes("good\0secret\0true\0"), s_reset).Aux);

    [Fact]
    public void Where_none_is_asked_for_there_is_none() =>
        Assert.Equal(Answers.NoConnection, Predict(Cases.Bytes("0\0goo"), s_reset).Aux);

    private static PredictedAnswer Predict(params SendStep[] steps) => Suite.Predictor("debian").Predict(Cases.Of(AuxMode.Listen, steps), Cases.Port);
}
