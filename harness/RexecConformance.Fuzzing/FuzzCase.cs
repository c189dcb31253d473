using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing;

/// <summary>Where a case comes from: the same origin and the same version of the suite give the same case on every machine.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Number">The number of the case, from 0.</param>
/// <param name="Family">The kind of idea behind it, a slug: <c>overlong-username</c>, <c>port-wraps</c>, <c>mutated-scenario</c>...</param>
public sealed record CaseOrigin(ulong Seed, long Number, string Family);

/// <summary>One request that nobody wrote down: what one client does, without a word on what must come back.</summary>
/// <remarks>It is made of the parts of a scenario, so that a find becomes one without a translation.</remarks>
public sealed record FuzzCase
{
    /// <summary>Where it comes from.</summary>
    public required CaseOrigin Origin { get; init; }

    /// <summary>What the client does, in order. Fields have their NUL; bytes outside the grammar are of the kind <c>bytes</c>, input of the command of the kind <c>stdin</c>.</summary>
    public required IReadOnlyList<SendStep> Send { get; init; }

    /// <summary>How the bytes on the primary connection are cut into segments.</summary>
    public required Fragmentation Fragments { get; init; }

    /// <summary>What the client does about the connection that the server opens.</summary>
    public required AuxBehaviour Aux { get; init; }

    /// <summary>Other clients of the same server at the same time: each does one act, in turn with this one. They have no companions themselves.</summary>
    public IReadOnlyList<FuzzCase> Companions { get; init; } = [];
}
