using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Targets;

/// <summary>What a deviation says of one stream; null where it says nothing.</summary>
/// <param name="Connected">Whether the connection is there.</param>
/// <param name="Content">All bytes.</param>
/// <param name="End">Fin, Rst, Closed or Open.</param>
public sealed record ObservedStream(bool Connected, ExpectedContent? Content, EndRule? End)
{
    /// <summary>Whether a stream is so.</summary>
    public bool Fits(StreamTranscript seen) =>
        seen.Connected == Connected
        && (!Connected || ((Content?.Matches(seen.Bytes) ?? true) && FitsEnd(seen.End)));

    private bool FitsEnd(StreamEnd seen) => seen == StreamEnd.Left || End switch
    {
        null => true,
        EndRule.Fin => seen == StreamEnd.Fin,
        EndRule.Rst => seen == StreamEnd.Rst,
        EndRule.Open => seen == StreamEnd.Open,
        _ => seen is StreamEnd.Fin or StreamEnd.Rst,
    };
}

/// <summary>What a deviation says comes instead of what its dialect says.</summary>
/// <param name="Primary">On the primary connection, or null.</param>
/// <param name="Aux">On the auxiliary connection, or null.</param>
public sealed record ObservedExchange(ObservedStream? Primary, ObservedStream? Aux)
{
    /// <summary>Whether an exchange is so.</summary>
    public bool Fits(Transcript seen) =>
        seen.ConnectError is null && (Primary?.Fits(seen.Primary) ?? true) && (Aux?.Fits(seen.Aux) ?? true);
}
