using RexecConformance.Dialects;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Baselines;

/// <summary>What makes a baseline one that must be recorded again.</summary>
public static class BaselineProblems
{
    /// <summary>One line for each variant that is stale, missing, or of no scenario any more.</summary>
    /// <param name="target">The baseline.</param>
    /// <param name="dialect">Its dialect.</param>
    /// <param name="variants">All variants.</param>
    public static IEnumerable<string> Of(RecordedTarget target, Dialect dialect, IReadOnlyList<Variant> variants)
    {
        // A captured scenario, or one of a find, is a record of a server itself: a baseline may have it and need not.
        foreach (Variant variant in variants.Where(v => (v.Scenario is { Captured: null, Fuzzed: null, Basis.Count: 0 } || target.Baseline.Variants.ContainsKey(v.Name)) && new VariantRun(v, target, dialect).Undriven is null))
        {
            if (target.Find(variant, out string? missing) is null)
            {
                yield return $"{variant.Name}: {missing}";
            }
        }

        var known = variants.Select(v => v.Name).ToHashSet();
        foreach (string name in target.Baseline.Variants.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            yield return $"{name}: there is no such variant any more: record it again";
        }
    }
}
