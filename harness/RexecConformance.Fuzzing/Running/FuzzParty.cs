using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Running;

/// <summary>A target and the harness's own reading of the dialect that it claims to be.</summary>
/// <param name="Target">What is asked.</param>
/// <param name="Predictor">What it must answer.</param>
public sealed record FuzzParty(IFuzzTarget Target, IPredictor Predictor);

/// <summary>The targets that get a case at the same time: one, or two that are compared.</summary>
/// <param name="Parties">One or two.</param>
public sealed record FuzzLane(IReadOnlyList<FuzzParty> Parties)
{
    /// <summary>Whether everything in it is the same each time it is asked.</summary>
    public bool InMemory => Parties.All(party => party.Target.InMemory);
}
