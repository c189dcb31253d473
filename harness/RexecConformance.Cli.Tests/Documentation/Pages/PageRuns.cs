namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>All pages, some at a time, begun before the first test.</summary>
public sealed class PageRuns : IAsyncLifetime
{
    private readonly SemaphoreSlim _free = new(Math.Clamp(Environment.ProcessorCount, 2, 6));
    private Dictionary<string, Task<IReadOnlyList<PageOutcome>>> _runs = [];

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        // What waits longest begins first.
        _runs = Page.Names().Select(Page.Read).OrderByDescending(page => page.Commands.Count).ToDictionary(page => page.Name, page => Task.Run(() => RunAsync(page)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        _free.Dispose();
    }

    internal async Task<PageOutcome> OfAsync(string page, int line, string command)
    {
        IReadOnlyList<PageOutcome> all = await _runs[page];
        return all.FirstOrDefault(outcome => outcome.Line == line && outcome.Text == command) ?? throw new InvalidOperationException($"{page}:{line}: '{command}' was not run");
    }

    private async Task<IReadOnlyList<PageOutcome>> RunAsync(Page page)
    {
        if (page.Commands.All(command => command.NotRun is not null))
        {
            return [];
        }

        await _free.WaitAsync();
        try
        {
            await using var run = new PageRun(page);
            return await run.RunAsync();
        }
        finally
        {
            _ = _free.Release();
        }
    }
}
