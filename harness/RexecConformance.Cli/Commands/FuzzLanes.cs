using RexecConformance.Cli.Targets;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The targets of a fuzz run, opened: one lane, or one for each dialect.</summary>
internal sealed class FuzzLanes : IAsyncDisposable
{
    private readonly List<IFuzzTarget> _targets = [];

    private FuzzLanes()
    {
    }

    /// <summary>The lanes.</summary>
    public List<FuzzLane> Lanes { get; } = [];

    /// <summary>All targets.</summary>
    public IReadOnlyList<IFuzzTarget> Targets => _targets;

    /// <summary>True if a target is a machine that may be somebody's.</summary>
    public bool Elsewhere { get; private set; }

    /// <summary>Which targets a list names, and the dialect of each; a list of lists: those that get the same cases together.</summary>
    /// <exception cref="TargetSpecException">A target is none, or the list can't be fuzzed.</exception>
    public static IReadOnlyList<IReadOnlyList<PlannedTarget>> Plan(IReadOnlyList<string> texts, string? dialect, ScenarioTree tree)
    {
        if (texts.Count is < 1 or > 2)
        {
            throw new TargetSpecException($"--targets names {texts.Count} targets, expected one, or two to compare");
        }

        // With one target the dialect is what it is judged by; of two each has its own, and the option is for those that have none.
        List<IReadOnlyList<PlannedTarget>> plans = [.. texts.Select(text => TargetOpener.Plan([text], texts.Count == 1 || NeedsDialect(text) ? dialect : null, tree))];
        return plans.All(plan => plan.Count == plans[0].Count)
            ? [.. Enumerable.Range(0, plans[0].Count).Select(i => (IReadOnlyList<PlannedTarget>)[.. plans.Select(plan => plan[i])])]
            : throw new TargetSpecException("--dialect all goes with one target, or with two that both serve all dialects: memory,reference");
    }

    /// <summary>Opens all of them.</summary>
    /// <exception cref="TargetSpecException">One can't be fuzzed.</exception>
    /// <exception cref="Inetd.TargetStartException">One did not start.</exception>
    public static async Task<FuzzLanes> OpenAsync(IReadOnlyList<IReadOnlyList<PlannedTarget>> plan, ScenarioTree tree, FuzzTargetsReach reach, CancellationToken cancel)
    {
        var lanes = new FuzzLanes();
        try
        {
            foreach (IReadOnlyList<PlannedTarget> planned in plan)
            {
                var parties = new List<FuzzParty>();
                foreach (PlannedTarget one in planned)
                {
                    IFuzzTarget target = await FuzzTargets.OpenAsync(one, tree.Fixtures, reach, cancel);
                    lanes._targets.Add(target);
                    lanes.Elsewhere |= target is { InMemory: false, AtOnce: 1 };
                    int? argumentList = target is SocketTarget sockets ? sockets.ArgumentList : ReferenceTarget.ScriptedArgument(one.Dialect);
                    parties.Add(new FuzzParty(target, new Predictor(tree.Dialects[one.Dialect], target.Accounts, target.Shell, argumentList)
                    {
                        RealShell = target.RealShell && (one.Spec.Kind is not ("tcp" or "file") || await FuzzShell.HasEnvironmentAsync(target, cancel)),
                    }));
                }

                lanes.Lanes.Add(new FuzzLane(parties));
            }

            return lanes;
        }
        catch
        {
            await lanes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IFuzzTarget target in _targets)
        {
            await target.DisposeAsync();
        }
    }

    private static bool NeedsDialect(string text) => TargetSpec.Parse(text) is { Kind: "tcp" or "inetd" } or { Kind: "reference" or "memory", Argument: "" };
}
