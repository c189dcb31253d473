namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Mutants, some at a time, begun before the first test of their class: a test waits for its own.</summary>
public abstract class MutantRuns(bool slow, int atOnce) : IAsyncLifetime
{
    // Most of a run is waiting for closes; so more than there are processors.
    private readonly SemaphoreSlim _free = new(atOnce);
    private Dictionary<string, Task<MutantRun>> _runs = [];

    /// <summary>The mutants that the suite must see, or those of <see cref="Unseen"/>.</summary>
    internal static TheoryData<string> Names(bool slow, bool seen) =>
        [.. Mutant.All.Where(m => m.Slow == slow && Unseen.Reasons.ContainsKey(m.Name) != seen).Select(m => m.Name)];

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _runs = Mutant.All.Where(m => m.Slow == slow).ToDictionary(m => m.Name, m => Task.Run(() => RunAsync(m)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
        _free.Dispose();
    }

    internal async Task IsRedAsync(string mutant)
    {
        MutantRun run = await _runs[mutant];
        Assert.True(run.Found is not null, $"{mutant}: no scenario sees it (red for another reason: {string.Join(", ", run.Red)})");
    }

    internal async Task IsGreenAsync(string mutant)
    {
        Running.VariantResult? found = (await _runs[mutant]).Found;
        Assert.True(found is null, $"{mutant}: {found?.Variant.Name} sees it: {found?.Reason}");
    }

    private async Task<MutantRun> RunAsync(Mutant mutant)
    {
        await _free.WaitAsync();
        try
        {
            return await MutantRun.RunAsync(mutant);
        }
        finally
        {
            _free.Release();
        }
    }
}
