using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Baselines;

/// <summary>What makes a baseline one that must be recorded again.</summary>
public static class BaselineProblems
{
    /// <summary>One line for each variant that is stale, missing, or of no scenario any more.</summary>
    /// <param name="target">The baseline.</param>
    /// <param name="result">Its variants, judged by its own dialect.</param>
    /// <param name="tree">The scenarios.</param>
    public static IEnumerable<string> Of(RecordedTarget target, TargetResult result, ScenarioTree tree)
    {
        foreach (VariantResult one in result.Results.Where(r => r.Reason is RecordedTarget.StaleReason or RecordedTarget.MissingReason))
        {
            yield return $"{target.Name}: {one.Variant.Name}: {one.Reason}";
        }

        var known = tree.Scenarios.SelectMany(Variant.Of).Select(v => v.Name).ToHashSet();
        foreach (string name in target.Baseline.Variants.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            yield return $"{target.Name}: {name}: there is no such variant any more: record it again";
        }
    }
}
