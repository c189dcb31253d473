using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>The list of replies is what can be reached: a run that prints one as never reached has not tried.</summary>
public class ReplyTests
{
    public static TheoryData<string> Dialects => [.. Suite.Tree.Dialects.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Each_reply_of_the_list_comes_from_some_case_and_no_other_does(string name)
    {
        ServerSetup[] setups = [ServerSetup.Plain, new(["fork"], []), new(["pipe"], []), new(["no-reverse-name"], []), new([], ["refuse-root"])];
        foreach (ServerSetup setup in setups)
        {
            var predictor = new Predictor(Suite.Dialect(name), AccountFile.Default, Shell.Sh, Suite.LinuxArgument) { Setup = setup };
            HashSet<string> reached = [.. Cases().Select(one => predictor.Predict(one, Port(one)).Reply)];
            _ = reached.Remove(Answers.NotStated);
            Assert.Empty(reached.Except(predictor.Replies));
            if (setup.IsPlain)
            {
                Assert.Empty(predictor.Replies.Except(reached));
            }
        }
    }

    private static int Port(FuzzCase one) => one.Aux.Mode switch
    {
        AuxMode.None => 0,
        AuxMode.Privileged => 777,
        _ => Prediction.Cases.Port,
    };

    private static IEnumerable<FuzzCase> Cases() =>
    [
        .. PlainCases.All,
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("0\0good\0se")),
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("0\0good\0secret\0ec")),
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("0"), new PauseStep(TimeSpan.FromSeconds(90)), Prediction.Cases.Bytes("\0")),
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("0\0"), new PauseStep(TimeSpan.FromSeconds(90)), Prediction.Cases.Bytes("good\0")),
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("0\0good\0secret\0true\0"), new ResetStep(StreamName.Primary)),
        Prediction.Cases.Of(AuxMode.None, Prediction.Cases.Bytes("\0nobody-here\0x\0true\0"), new ResetStep(StreamName.Primary)),
        Prediction.Cases.Raw($"0\0good\0secret\0{new string('x', 3_000_000)}\0"),
    ];
}
