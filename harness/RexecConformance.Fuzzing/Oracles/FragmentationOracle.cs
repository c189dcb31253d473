using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>The same case in other segments must bring the same bytes. This needs no second target and no prediction.</summary>
internal sealed class FragmentationOracle(ReplyShape shape)
{
    /// <summary>The case in other segments: cut where it was whole, whole where it was cut. Null where timing would decide, not segments.</summary>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="length">The bytes that it sends on the primary connection.</param>
    public static FuzzCase? Recut(FuzzCase fuzzCase, int length)
    {
        // The client's port is another one each time: where it is more than the port field it may come back in the answer.
        bool portElsewhere = fuzzCase.Send.OfType<BytesStep>().Skip(1).Any(step => step.Bytes.UsesAuxPort);
        if (length < 2 || portElsewhere || fuzzCase.Companions.Count > 0 || fuzzCase.Send.Any(step => step is not (BytesStep or HalfCloseStep { Stream: StreamName.Primary })))
        {
            return null;
        }

        // Which cut is a matter of the case alone, so that a repeated run does the same.
        Fragmentation other = fuzzCase.Fragments is not WholeFragmentation ? new WholeFragmentation()
            : length <= 64 && fuzzCase.Origin.Number % 2 == 0 ? new PerByteFragmentation()
            : new SplitFragmentation([1 + (int)(fuzzCase.Origin.Number % (length - 1))]);
        return fuzzCase with { Fragments = other };
    }

    /// <summary>What changed, or null; a dialect for which segments matter says so in its predictions.</summary>
    public Symptom? Check(FuzzParty party, int index, (PredictedAnswer Predicted, FuzzOutcome Outcome) one, (PredictedAnswer Predicted, FuzzOutcome Outcome) other)
    {
        if ((one.Predicted.Unspecified is null) != (other.Predicted.Unspecified is null))
        {
            return null;
        }

        return Stream(party, index, StreamName.Primary, one.Predicted.Reply, one.Predicted.Primary, other.Predicted.Primary, one.Outcome.Primary, other.Outcome.Primary)
            ?? Stream(party, index, StreamName.Aux, one.Predicted.Reply, one.Predicted.Aux, other.Predicted.Aux, one.Outcome.Aux, other.Outcome.Aux);
    }

    private Symptom? Stream(
        FuzzParty party, int index, StreamName name, string reply, PredictedStream expected, PredictedStream expectedOther, OutcomeStream seen, OutcomeStream other)
    {
        bool stated = expected.Content is { } a && expectedOther.Content is { } b && a.ToString() != b.ToString();
        if (stated || seen.Bytes.AsSpan().SequenceEqual(other.Bytes))
        {
            return null;
        }

        string from = shape.Of(seen.Bytes);
        string to = shape.Of(other.Bytes);
        return new Symptom
        {
            Oracle = OracleKind.Fragmentation,
            Party = index,
            Dialect = party.Target.Dialect,
            Stream = name,
            Aspect = Aspect.Bytes,
            Reply = reply,
            Expected = from,
            Seen = from == to ? "other-bytes" : to,
        };
    }
}
