using RexecConformance.Cli.Tests.Support;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Mutants, some at a time, begun before the first test of their class: a test waits for its own.</summary>
public abstract class MutantRuns(bool slow) : IAsyncLifetime
{
    // Most of a run is waiting for closes, so more than there are processors; all classes share the places.
    private static readonly SemaphoreSlim s_places = new(4 * Environment.ProcessorCount);

    private static readonly IReadOnlyList<Variant> s_quick = Suite.Variants();
    private static readonly IReadOnlyList<Variant> s_all = Suite.Variants(slow: true);
    private static readonly IReadOnlyList<Variant> s_slow = [.. s_all.Where(v => v.Scenario.Tags.Contains("slow"))];

    private Dictionary<string, Task<MutantRun>> _runs = [];

    /// <summary>The mutants that the suite must see, or those of <see cref="Unseen"/>.</summary>
    internal static TheoryData<string> Names(bool slow, bool seen) =>
        [.. Mutant.All.Where(m => m.Slow == slow && Unseen.Reasons.ContainsKey(m.Name) != seen).Select(m => m.Name)];

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _runs = Mutant.All.Where(m => m.Slow == slow).ToDictionary(m => m.Name, m => Task.Run(() => slow ? SlowAsync(m) : QuickAsync(m, m.NeedsSlow ? s_all : s_quick)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.WhenAll(_runs.Values.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));

    internal async Task IsRedAsync(string mutant)
    {
        MutantRun run = await _runs[mutant];
        Assert.True(run.Found is not null, $"{mutant}: no scenario sees it (red for another reason: {string.Join(", ", run.Red)})");
    }

    internal async Task IsGreenAsync(string mutant)
    {
        Running.VariantResult? found = (await _runs[mutant]).Found;
        if (found is not null)
        {
            // Dozens of servers shared the machine: what a case by itself does not show was the load.
            await Task.WhenAll(_runs.Values);
            found = (await MutantRun.RunAsync(Mutant.All.Single(m => m.Name == mutant), [found.Variant])).Found;
        }

        Assert.True(found is null, $"{mutant}: {found?.Variant.Name} sees it: {found?.Reason}");
    }

    private static async Task<MutantRun> QuickAsync(Mutant mutant, IReadOnlyList<Variant> variants)
    {
        await s_places.WaitAsync();
        try
        {
            return await MutantRun.RunAsync(mutant, variants);
        }
        finally
        {
            s_places.Release();
        }
    }

    // All at once, without places: they share the minute and need no processor for it.
    private static async Task<MutantRun> SlowAsync(Mutant mutant)
    {
        MutantRun waiting = await MutantRun.RunAsync(mutant, s_slow);
        return waiting.Found is null ? await QuickAsync(mutant, s_quick) : waiting;
    }
}
