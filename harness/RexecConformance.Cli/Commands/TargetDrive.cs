using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Inetd;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>Drives variants on several targets, those that only wait beside the next.</summary>
internal sealed class TargetDrive(ScenarioTree tree, IReadOnlyList<Variant> variants, RunOptions options)
{
    /// <summary>Opens, drives and closes all targets.</summary>
    /// <param name="plan">The targets and what each is judged by.</param>
    /// <param name="judged">Is given each target while it is still open, and its result; what it returns is the result.</param>
    /// <param name="cancel">Stops; what is finished by then is in the results.</param>
    /// <exception cref="TargetSpecException">A target is written wrongly.</exception>
    public async Task<IReadOnlyList<TargetResult>> RunAsync(
        IReadOnlyList<PlannedTarget> plan, Func<ITarget, TargetResult, TargetResult> judged, CancellationToken cancel)
    {
        if (options.Shard.Mine(variants).Count == 0)
        {
            // Nobody's server is started, or asked for a handshake, for nothing.
            return [.. plan.Select(planned => new TargetResult(planned.Spec.Text, planned.Dialect, [], null, 0, 0))];
        }

        var runs = new List<Task<TargetResult>>();
        await using LiveProgress progress = LiveProgress.Start();
        foreach (PlannedTarget planned in plan)
        {
            // The next target begins when this one has only waiting left, so that minutes of time-outs pass side by side.
            var quickDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            runs.Add(OneAsync(planned, judged, progress, quickDone, cancel));
            _ = await Task.WhenAny(runs[^1], quickDone.Task);
            if (cancel.IsCancellationRequested || runs[^1].IsFaulted)
            {
                break;
            }
        }

        return await Task.WhenAll(runs);
    }

    private async Task<TargetResult> OneAsync(
        PlannedTarget planned, Func<ITarget, TargetResult, TargetResult> judged, LiveProgress observer, TaskCompletionSource quickDone, CancellationToken cancel)
    {
        try
        {
            observer.Opening(planned.Spec.Text);
            await using ITarget target = await TargetOpener.OpenAsync(planned, tree.Fixtures, cancel);
            CheckDeviations(target);
            foreach (string line in target.Deviations.Select(TreeFiles.Overdue).OfType<string>())
            {
                Console.Error.WriteLine($"rexec-conformance: {planned.Spec.Text}: {line}");
            }

            TargetResult result = await new Runner(options, observer).RunAsync(target, tree.Dialects[planned.Dialect], variants, cancel, quickDone);
            foreach (string trouble in target.Troubles)
            {
                Console.Error.WriteLine($"rexec-conformance: {planned.Spec.Text}: {trouble}");
            }

            return judged(target, result);
        }
        catch (TargetStartException e)
        {
            return new TargetResult(planned.Spec.Text, planned.Dialect, [], e.Message, 0, 0);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new TargetResult(planned.Spec.Text, planned.Dialect, [], "interrupted", 0, 0);
        }
    }

    private void CheckDeviations(ITarget target)
    {
        if (tree.IsWhole && target.Deviations.FirstOrDefault(d => !tree.Scenarios.SelectMany(Variant.Of).Any(d.Covers)) is { } stale)
        {
            throw new TargetSpecException($"target '{target.Name}': the deviation '{stale.Scenario}' is of no scenario");
        }
    }
}
