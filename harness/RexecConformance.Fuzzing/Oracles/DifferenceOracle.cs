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
    /// <param name="times">Whether times can be compared: they are virtual.</param>
    public (Symptom Symptom, bool Known)? Check(IReadOnlyList<FuzzParty> parties, PredictedAnswer[] predicted, FuzzOutcome[] outcomes, bool ends, bool times)
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

        // A client that goes while the server is at work sees what had come by then: which of the two was faster is no difference.
        bool left = outcomes.Any(outcome => outcome.Primary.End == StreamEnd.Left || outcome.Aux.End == StreamEnd.Left);
        Symptom? found = (times ? Time(frame with { Stream = StreamName.Primary }, outcomes[0].Primary, outcomes[1].Primary) : null)
            ?? (left && Open(predicted, StreamName.Primary) ? null : Stream(frame with { Stream = StreamName.Primary }, outcomes[0].Primary, outcomes[1].Primary, ends))
            ?? (left && Open(predicted, StreamName.Aux) ? null : Stream(frame with { Stream = StreamName.Aux }, outcomes[0].Aux, outcomes[1].Aux, ends));
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

    // A command that one of two cuts off: what is missing for that is another matter for each command.
    private static Symptom? Time(Symptom frame, OutcomeStream a, OutcomeStream b) =>
        a is { End: StreamEnd.Fin or StreamEnd.Rst, EndedAt: { } from } && b is { End: StreamEnd.Fin or StreamEnd.Rst, EndedAt: { } to } && from != to && EndTime.SameStart(a.Bytes, b.Bytes)
            ? frame with { Aspect = Aspect.Time, Expected = "end", Seen = to < from ? "sooner" : "later" }
            : null;

    private static bool Open(PredictedAnswer[] predicted, StreamName stream) => predicted.Any(answer => Stream(answer, stream).Content is not { IsLiteral: true });

    // Where only a form is demanded (a pattern, any diagnostic; of scripted commands what a real shell would say) words may differ.
    private static bool OnlyForms(Symptom found, PredictedAnswer[] predicted) => found.Aspect == Aspect.Bytes
        && predicted.Any(answer => Stream(answer, found.Stream!.Value).Content is { IsLiteral: false });

    private static PredictedStream Stream(PredictedAnswer answer, StreamName stream) => stream == StreamName.Primary ? answer.Primary : answer.Aux;

    private static string Word(bool connected) => connected ? "connected" : "none";
}
