using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>A server that answers before the client has said what the answer depends on.</summary>
internal static class EarlyOracle
{
    public static Symptom? Check(string dialect, int party, PredictedAnswer predicted, FuzzOutcome outcome) =>
        predicted.Unspecified is null && predicted.AnswerableAfter is { } least && outcome.AnsweredAfter is { } at && at < least
            ? new Symptom
            {
                Oracle = OracleKind.Early,
                Party = party,
                Dialect = dialect,
                Aspect = Aspect.Time,
                Reply = predicted.Reply,
                Expected = predicted.Reply,
                Seen = at == 0 ? "before-anything-was-sent" : "early",
            }
            : null;
}
