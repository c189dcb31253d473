using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>A request that somebody wrote down, to be changed.</summary>
internal sealed record Material(IReadOnlyList<SendStep> Send, AuxMode Aux, Fragmentation[] Fragments);
