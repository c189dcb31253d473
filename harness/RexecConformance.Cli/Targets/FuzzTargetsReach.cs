using RexecConformance.Dialects;

namespace RexecConformance.Cli.Targets;

/// <summary>What a fuzz run may do to a server that may be somebody's.</summary>
/// <param name="OwnsTarget">The person said <c>--i-own-this-target</c>.</param>
/// <param name="PerMinute">Connections a minute to a machine that is neither this one nor a container of ours; 0 is no limit.</param>
/// <param name="Most">Connections to it in all; 0 is no limit.</param>
internal sealed record FuzzTargetsReach(bool OwnsTarget = false, int PerMinute = 60, long Most = 10_000)
{
    /// <summary>The dialects of the tree that is used; null is the suite's own.</summary>
    public IReadOnlyDictionary<string, Dialect>? Dialects { get; init; }
}
