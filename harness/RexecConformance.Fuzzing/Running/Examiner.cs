using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Asks the targets of a lane and lets all oracles look at what came.</summary>
/// <param name="lane">The targets.</param>
/// <param name="vocabulary">What servers say.</param>
/// <param name="known">Differences between two dialects that are known count too.</param>
public sealed class Examiner(FuzzLane lane, Vocabulary vocabulary, bool known)
{
    private readonly ReplyShape _shape = new(vocabulary);
    private readonly VocabularyOracle _vocabulary = new(vocabulary);
    private readonly AccountContext[] _contexts = [.. lane.Parties.Select(party => new AccountContext(party.Target.Accounts))];
    private readonly PredictionOracle _prediction = new(new ReplyShape(vocabulary));
    private readonly DifferenceOracle _difference = new(new ReplyShape(vocabulary));
    private readonly FragmentationOracle _fragmentation = new(new ReplyShape(vocabulary));

    /// <summary>The targets.</summary>
    public FuzzLane Lane => lane;

    /// <summary>Asks all targets, those over sockets at the same time.</summary>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="recut">Ask it in other segments too.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<Examination> ExamineAsync(FuzzCase fuzzCase, bool recut, CancellationToken cancel)
    {
        FuzzOutcome[] outcomes = await AskAsync(fuzzCase, cancel);
        Examination found = Look(fuzzCase, outcomes);
        if (found.Symptom is null && recut && FragmentationOracle.Recut(fuzzCase, Length(fuzzCase, 0)) is { } other)
        {
            FuzzOutcome[] again = await AskAsync(other, cancel);
            Examination second = Look(other, again);
            if (second.Symptom is null)
            {
                return found with { Symptom = fuzzCase.Fragments is WholeFragmentation ? Changed(found, second) : Changed(second, found) };
            }
        }

        return found;
    }

    /// <summary>What a smaller case, or the same once more, shows in the eyes of one oracle.</summary>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="oracle">The oracle that found something in the original.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<Examination> AgainAsync(FuzzCase fuzzCase, OracleKind oracle, CancellationToken cancel)
    {
        if (oracle != OracleKind.Fragmentation)
        {
            return await ExamineAsync(fuzzCase, recut: false, cancel);
        }

        FuzzCase whole = fuzzCase with { Fragments = new WholeFragmentation() };
        Examination cut = Look(fuzzCase, await AskAsync(fuzzCase, cancel));
        if (cut.Symptom is not null || fuzzCase.Fragments is WholeFragmentation)
        {
            return cut with { Symptom = null };
        }

        Examination one = Look(whole, await AskAsync(whole, cancel));
        return cut with { Symptom = one.Symptom is null ? Changed(one, cut) : null };
    }

    /// <summary>How many bytes a case sends on the primary connection.</summary>
    public int Length(FuzzCase fuzzCase, int party) => Sent(fuzzCase, party).Length;

    /// <summary>What a case sends on the primary connection; empty where it names an account that the target lacks.</summary>
    public byte[] Sent(FuzzCase fuzzCase, int party)
    {
        try
        {
            return [.. fuzzCase.Send.OfType<BytesStep>().SelectMany(step => step.Bytes.Resolve(_contexts[party]))];
        }
        catch (KeyNotFoundException)
        {
            return [];
        }
    }

    /// <summary>What the places of a case stand for.</summary>
    public IByteContext Context(int party) => _contexts[party];

    /// <summary>A number for the form of an examination: equal for outcomes that are alike.</summary>
    public ulong Signature(Examination examination)
    {
        ulong hash = 14695981039346656037;
        for (int i = 0; i < examination.Outcomes.Length; i++)
        {
            hash = OutcomeSignature.Add(hash, lane.Parties[i].Target.Dialect);
            hash = OutcomeSignature.Add(hash, examination.Predicted[i].Reply);
            hash = OutcomeSignature.Add(hash, examination.Outcomes[i], _shape);
        }

        return hash;
    }

    private async ValueTask<FuzzOutcome[]> AskAsync(FuzzCase fuzzCase, CancellationToken cancel)
    {
        if (lane.Parties.Count == 1)
        {
            return [await lane.Parties[0].Target.AskAsync(fuzzCase, cancel)];
        }

        if (lane.InMemory)
        {
            return [await lane.Parties[0].Target.AskAsync(fuzzCase, cancel), await lane.Parties[1].Target.AskAsync(fuzzCase, cancel)];
        }

        return await Task.WhenAll(lane.Parties.Select(party => party.Target.AskAsync(fuzzCase, cancel).AsTask()));
    }

    private Examination Look(FuzzCase fuzzCase, FuzzOutcome[] outcomes)
    {
        var predicted = new PredictedAnswer[outcomes.Length];
        Symptom? worst = null;
        for (int i = 0; i < outcomes.Length; i++)
        {
            predicted[i] = lane.Parties[i].Predictor.Predict(fuzzCase, outcomes[i].AuxPort);
            Symptom? symptom = One(fuzzCase, i, predicted[i], outcomes[i]);
            worst = worst is null || (symptom is not null && symptom.Oracle < worst.Oracle) ? symptom : worst;
        }

        if (worst is not null || outcomes.Length == 1 || _difference.Check(lane.Parties, predicted, outcomes, EndsCompare(fuzzCase), lane.InMemory) is not { } difference)
        {
            return new Examination(outcomes, predicted, worst, KnownDifference: false);
        }

        return new Examination(outcomes, predicted, difference.Known && !known ? null : difference.Symptom, difference.Known);
    }

    private Symptom? One(FuzzCase fuzzCase, int party, PredictedAnswer predicted, FuzzOutcome outcome)
    {
        string dialect = lane.Parties[party].Target.Dialect;
        Symptom? found = TroubleOracle.Check(dialect, party, outcome)
            ?? _prediction.Check(dialect, party, predicted, outcome, lane.Parties[party].Target.InMemory)
            ?? EarlyOracle.Check(dialect, party, predicted, outcome)
            ?? _vocabulary.Check(dialect, party, predicted, outcome, () => Sent(fuzzCase, party));
        for (int i = 0; found is null && i < Math.Min(fuzzCase.Companions.Count, outcome.Companions.Count); i++)
        {
            FuzzCase companion = fuzzCase.Companions[i];
            PredictedAnswer demanded = lane.Parties[party].Predictor.Predict(companion, outcome.Companions[i].AuxPort);
            Symptom? symptom = TroubleOracle.Check(dialect, party, outcome.Companions[i])
                ?? _prediction.Check(dialect, party, demanded, outcome.Companions[i], lane.Parties[party].Target.InMemory)
                ?? EarlyOracle.Check(dialect, party, demanded, outcome.Companions[i]);
            found = symptom is null ? null : symptom with { Companion = i };
        }

        return found;
    }

    // What came in one segment first: so the same change has the same name whichever was asked first.
    private Symptom? Changed(Examination one, Examination other)
    {
        for (int i = 0; i < lane.Parties.Count; i++)
        {
            if (_fragmentation.Check(lane.Parties[i], i, (one.Predicted[i], one.Outcomes[i]), (other.Predicted[i], other.Outcomes[i])) is { } symptom)
            {
                return symptom;
            }
        }

        return null;
    }

    // Over sockets FIN or RST is a race once the request is not one segment, or the client acts while the server does.
    private bool EndsCompare(FuzzCase fuzzCase) => lane.InMemory
        || (fuzzCase.Fragments is WholeFragmentation && fuzzCase.Companions.Count == 0 && fuzzCase.Send.All(step => step is BytesStep or AwaitEndStep));
}
