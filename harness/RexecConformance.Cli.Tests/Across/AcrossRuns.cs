using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Across;

/// <summary>Each pair once, some at a time, begun before the first test; each scenario in its unsplit variant.</summary>
public sealed class AcrossRuns : IAsyncLifetime
{
    // Most of a run is waiting for what the judging dialect expects and the served one does not do.
    private readonly SemaphoreSlim _free = new(4 * Environment.ProcessorCount);
    private readonly Dictionary<(string Served, string Judged), Task<TargetResult>> _runs = [];
    private readonly Dictionary<(string Served, string Judged), ReferenceTarget> _targets = [];

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        foreach ((string served, string judged) in AcrossTable.Pairs)
        {
            ReferenceTarget target = ReferenceTarget.Start(
                $"reference:{served}", new TargetProfile { Dialect = judged }, Rexecd.Dialect.Load(served));
            _targets[(served, judged)] = target;
            _runs[(served, judged)] = Task.Run(() => RunAsync(target));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        foreach (ReferenceTarget target in _targets.Values)
        {
            await target.DisposeAsync();
        }

        _free.Dispose();
    }

    internal async Task<(TargetResult Result, ITarget Target)> OfAsync(string served, string judged) =>
        (await _runs[(served, judged)], _targets[(served, judged)]);

    private async Task<TargetResult> RunAsync(ReferenceTarget target)
    {
        await _free.WaitAsync();
        try
        {
            return await Suite.RunAsync(
                target,
                [.. Suite.Variants().Where(v => v.Fragmentation is WholeFragmentation)],
                new RunOptions { Jobs = 8, TimedJobs = 96, Canary = false });
        }
        finally
        {
            _ = _free.Release();
        }
    }
}
