using RexecConformance.Comparing;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Results.Changes;

/// <summary>What kind of change it is, the worst first.</summary>
public enum ChangeKind
{
    /// <summary>Red, and was not.</summary>
    NowRed,

    /// <summary>In the old result only.</summary>
    Gone,

    /// <summary>Another verdict, none of them worse.</summary>
    Verdict,

    /// <summary>The same verdict, but other bytes, another end, or a connection more or less.</summary>
    Answer,

    /// <summary>In the new result only, and not red.</summary>
    New,

    /// <summary>Was red, and is no longer.</summary>
    NoLongerRed,
}

/// <summary>One variant that is not as it was.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Pair">The target, then and now.</param>
/// <param name="Name"><c>ID#SEGMENTATION</c>.</param>
/// <param name="Old">As it was, or null.</param>
/// <param name="New">As it is, or null.</param>
/// <param name="What">What of the answer changed: <c>bytes</c>, <c>end</c>, <c>connection</c>; empty where only the verdict did.</param>
/// <param name="Row">Both answers, to be written side by side.</param>
public sealed record VariantChange(
    ChangeKind Kind, TargetPair Pair, string Name, ReportedCase? Old, ReportedCase? New, IReadOnlyList<string> What, ComparedRow Row)
{
    /// <summary>Whether somebody who had the old result has lost something.</summary>
    public bool IsWorse => Kind is ChangeKind.NowRed or ChangeKind.Gone;
}

/// <summary>A target of the new result and what it is compared with.</summary>
/// <param name="Old">As it was, or null for a target that is new.</param>
/// <param name="New">As it is, or null for a target that is gone.</param>
public sealed record TargetPair(ReportedTarget? Old, ReportedTarget? New)
{
    /// <summary>The name, <c>OLD -> NEW</c> where there are two.</summary>
    public string Name
    {
        get
        {
            string? old = Old?.Name;
            string? now = New?.Name;
            return old is null ? now! : now is null || old == now ? old : $"{old} -> {now}";
        }
    }

    /// <summary>Why the target could not be judged to the end this time, where it could be before.</summary>
    public string? NewFailure => Old is { Failure: not null } ? null : New?.Failure;
}
