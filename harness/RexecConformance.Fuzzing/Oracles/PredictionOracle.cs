using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>An outcome against what the target's own dialect demands. What the dialect does not state is not looked at.</summary>
internal sealed class PredictionOracle(ReplyShape shape)
{
    /// <summary>What is wrong first: the connection, then the bytes, then the end, on the primary before the auxiliary connection.</summary>
    /// <param name="dialect">Of the target.</param>
    /// <param name="party">Which target.</param>
    /// <param name="predicted">What is demanded.</param>
    /// <param name="outcome">What came.</param>
    /// <param name="exact">Times are virtual: not a tick is lost.</param>
    public Symptom? Check(string dialect, int party, PredictedAnswer predicted, FuzzOutcome outcome, bool exact) =>
        predicted.Unspecified is not null ? null
        : EndTime.Waits(predicted, outcome, exact) ? Sooner(dialect, party, predicted, outcome)
        : EndTime.CutOff(predicted, outcome, exact) is { } cut ? Made(dialect, party, predicted, StreamName.Primary, Aspect.Time, predicted.Reply, cut)
        : Content(dialect, party, predicted, StreamName.Primary, predicted.Primary, outcome.Primary)
        ?? Content(dialect, party, predicted, StreamName.Aux, predicted.Aux, outcome.Aux)
        ?? End(dialect, party, predicted, StreamName.Primary, predicted.Primary, outcome.Primary)
        ?? End(dialect, party, predicted, StreamName.Aux, predicted.Aux, outcome.Aux)
        ?? (EndTime.Of(predicted, outcome, exact) is { } when ? Made(dialect, party, predicted, StreamName.Primary, Aspect.Time, predicted.Reply, when) : null);

    // The client gave up before the server's end was due: what came until then is the beginning of what is demanded.
    private Symptom? Sooner(string dialect, int party, PredictedAnswer predicted, FuzzOutcome outcome) =>
        Sooner(dialect, party, predicted, StreamName.Primary, predicted.Primary, outcome.Primary)
        ?? Sooner(dialect, party, predicted, StreamName.Aux, predicted.Aux, outcome.Aux);

    private Symptom? Sooner(string dialect, int party, PredictedAnswer predicted, StreamName name, PredictedStream expected, OutcomeStream seen) =>
        expected.Content is { IsLiteral: true } content && seen.Connected == (expected.Connected ?? seen.Connected) && content.LiteralBytes.AsSpan().StartsWith(seen.Bytes)
            ? null
            : Content(dialect, party, predicted, name, expected, seen);

    private Symptom? Content(string dialect, int party, PredictedAnswer predicted, StreamName name, PredictedStream expected, OutcomeStream seen)
    {
        if (expected.Connected is { } connected && connected != seen.Connected)
        {
            return Made(dialect, party, predicted, name, Aspect.Connection, connected ? "connected" : "none", seen.Connected ? "connected" : "none");
        }

        if (expected.Connected == false || expected.Content is not { } content || ContentMatch.Matches(content, seen.Bytes))
        {
            return null;
        }

        string form = shape.Of(seen.Bytes);
        if (content.IsLiteral)
        {
            byte[] literal = content.LiteralBytes;
            form = shape.Of(literal) == form ? $"{form}-{ReplyShape.Relation(literal, seen.Bytes)}" : form;
        }

        return Made(dialect, party, predicted, name, Aspect.Bytes, predicted.Reply, form);
    }

    // A stream that never ends is the same kind however it should have.
    private static Symptom? End(string dialect, int party, PredictedAnswer predicted, StreamName name, PredictedStream expected, OutcomeStream seen) =>
        expected.Connected == false || !seen.Connected || expected.End is not { } end || Fits(end, seen.End)
            ? null
            : Made(dialect, party, predicted, name, Aspect.End, seen.End == StreamEnd.Open ? Word(EndRule.Closed) : Word(end), Word(seen.End));

    /// <summary>Whether an end is as demanded. Where the client itself left, no end of the server can be seen.</summary>
    public static bool Fits(EndRule rule, StreamEnd end) => end == StreamEnd.Left || rule switch
    {
        EndRule.Fin => end == StreamEnd.Fin,
        EndRule.Rst => end == StreamEnd.Rst,
        EndRule.Open => end == StreamEnd.Open,
        _ => end is StreamEnd.Fin or StreamEnd.Rst,
    };

    public static string Word(StreamEnd end) => end.ToString().ToLowerInvariant();

    private static string Word(EndRule end) => end == EndRule.Unread ? "closed" : end.ToString().ToLowerInvariant();

    private static Symptom Made(string dialect, int party, PredictedAnswer predicted, StreamName stream, Aspect aspect, string expected, string seen) => new()
    {
        Oracle = OracleKind.Prediction,
        Party = party,
        Dialect = dialect,
        Stream = stream,
        Aspect = aspect,
        Reply = predicted.Reply,
        Expected = expected,
        Seen = seen,
    };
}
