using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>Two outcomes of one case beside each other. Both fit what their own dialects state; anything else is told before.</summary>
internal sealed class DifferenceOracle(ReplyShape shape)
{
    /// <summary>The first difference and whether it is known: two dialects may differ wherever they state different things, or one of them leaves something open.</summary>
    /// <param name="parties">The two targets.</param>
    /// <param name="predicted">What each dialect demands.</param>
    /// <param name="outcomes">What came.</param>
    /// <param name="ends">Whether ends can be compared: no race decides between FIN and RST.</param>
    public (Symptom Symptom, bool Known)? Check(IReadOnlyList<FuzzParty> parties, PredictedAnswer[] predicted, FuzzOutcome[] outcomes, bool ends)
    {
        string a = parties[0].Target.Dialect;
        string b = parties[1].Target.Dialect;
        var frame = new Symptom
        {
            Oracle = OracleKind.Difference,
            Party = 1,
            Dialect = a == b ? a : $"{a}-{b}",
            Aspect = Aspect.Bytes,
            Reply = predicted[0].Reply == predicted[1].Reply ? predicted[0].Reply : $"{predicted[0].Reply}-{predicted[1].Reply}",
            Expected = "",
            Seen = "",
        };
        Symptom? found = Stream(frame with { Stream = StreamName.Primary }, outcomes[0].Primary, outcomes[1].Primary, ends)
            ?? Stream(frame with { Stream = StreamName.Aux }, outcomes[0].Aux, outcomes[1].Aux, ends);
        return found is null ? null : (found, a != b || OnlyForms(found, predicted));
    }

    private Symptom? Stream(Symptom frame, OutcomeStream a, OutcomeStream b, bool ends)
    {
        if (a.Connected != b.Connected)
        {
            return frame with { Aspect = Aspect.Connection, Expected = Word(a.Connected), Seen = Word(b.Connected) };
        }

        if (!a.Connected)
        {
            return null;
        }

        if (!a.Bytes.AsSpan().SequenceEqual(b.Bytes))
        {
            string from = shape.Of(a.Bytes);
            string to = shape.Of(b.Bytes);
            return frame with { Aspect = Aspect.Bytes, Expected = from, Seen = from == to ? $"{to}-{ReplyShape.Relation(a.Bytes, b.Bytes)}" : to };
        }

        bool left = a.End == StreamEnd.Left || b.End == StreamEnd.Left;
        bool hang = (a.End == StreamEnd.Open) != (b.End == StreamEnd.Open);
        return a.End != b.End && !left && (ends || hang)
            ? frame with { Aspect = Aspect.End, Expected = PredictionOracle.Word(a.End), Seen = PredictionOracle.Word(b.End) }
            : null;
    }

    // A dialect that demands only a form (a pattern, any diagnostic) is met by both: their words may differ.
    private static bool OnlyForms(Symptom found, PredictedAnswer[] predicted) => found.Aspect == Aspect.Bytes
        && predicted.All(answer => (found.Stream == StreamName.Primary ? answer.Primary : answer.Aux).Content is { IsLiteral: false });

    private static string Word(bool connected) => connected ? "connected" : "none";
}
