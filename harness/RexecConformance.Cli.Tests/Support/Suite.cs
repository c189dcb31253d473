using RexecConformance.Accounts;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Tests.Support;

/// <summary>The scenarios of this repository, and a run of them.</summary>
internal static class Suite
{
    private static readonly Lazy<ScenarioTree> s_tree = new(Load);

    /// <summary>All scenarios, dialects and requirements.</summary>
    public static ScenarioTree Tree => s_tree.Value;

    /// <summary>All variants, those of the tag <c>slow</c> only if asked for. Captures have tests of their own.</summary>
    public static IReadOnlyList<Variant> Variants(bool slow = false) =>
        [.. Tree.Scenarios.Where(s => s.Captured is null && (slow || !s.Tags.Contains("slow"))).SelectMany(Variant.Of)];

    /// <summary>Drives variants on a target and judges them by the target's dialect.</summary>
    public static Task<TargetResult> RunAsync(
        ITarget target, IReadOnlyList<Variant> variants, RunOptions? options = null, Action<VariantResult>? seen = null, CancellationToken cancel = default) =>
        new Runner(options ?? new RunOptions(), new Observer(seen)).RunAsync(target, Tree.Dialects[target.Dialect], variants, cancel);

    /// <summary>The ids of the scenarios with a red variant.</summary>
    public static IEnumerable<string> RedIds(TargetResult result) =>
        result.Results.Where(r => r.IsRed).Select(r => r.Variant.Scenario.Id).Distinct().Order(StringComparer.Ordinal);

    private static ScenarioTree Load()
    {
        (ScenarioTree tree, IReadOnlyList<Problem> problems) = ScenarioTree.Load(
            Repository.Scenarios, AccountFile.Default.Accounts.Select(a => a.Key).ToHashSet());
        Assert.Empty(problems);
        return tree;
    }

    private sealed class Observer(Action<VariantResult>? seen) : IRunObserver
    {
        public void Started(ITarget target, int variants)
        {
        }

        public void Finished(VariantResult result) => seen?.Invoke(result);
    }
}
