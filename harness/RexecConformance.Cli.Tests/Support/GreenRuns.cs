using RexecConformance.Running;

namespace RexecConformance.Cli.Tests.Support;

/// <summary>Each dialect served and judged by itself, some at a time, begun before the first test: most of a run is waiting.</summary>
public sealed class GreenRuns : IAsyncLifetime
{
    // Other classes drive real daemons meanwhile, and must be answered in time.
    private readonly SemaphoreSlim _free = new(2);
    private Dictionary<string, Task<TargetResult>> _runs = [];

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _runs = Rexecd.Dialect.Names.ToDictionary(name => name, name => Task.Run(() => RunAsync(name)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        _free.Dispose();
    }

    internal Task<TargetResult> OfAsync(string dialect) => _runs[dialect];

    private async Task<TargetResult> RunAsync(string dialect)
    {
        await _free.WaitAsync();
        try
        {
            return await GreenTest.ReferenceAsync(dialect, new RunOptions());
        }
        finally
        {
            _ = _free.Release();
        }
    }
}
