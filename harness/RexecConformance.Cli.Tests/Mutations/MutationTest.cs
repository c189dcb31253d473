namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Who tests the tests: each change of a dialect that a client can see must turn the suite red.</summary>
[Trait("needs", "loopback")]
public sealed class MutationTest(MutationTest.Runs runs) : IClassFixture<MutationTest.Runs>
{
    public static TheoryData<string> Visible => [.. Mutant.All.Where(m => !m.Slow && !Unseen.Reasons.ContainsKey(m.Name)).Select(m => m.Name)];

    public static TheoryData<string> VisibleAfterAMinute => [.. Mutant.All.Where(m => m.Slow && !Unseen.Reasons.ContainsKey(m.Name)).Select(m => m.Name)];

    public static TheoryData<string> NotVisible => [.. Unseen.Reasons.Keys.Where(name => !name.EndsWith("time-out-ms: none", StringComparison.Ordinal))];

    public static TheoryData<string> NotVisibleAfterAMinute => [.. Unseen.Reasons.Keys.Where(name => name.EndsWith("time-out-ms: none", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task Is_red(string mutant)
    {
        MutantRun run = await runs.Find(mutant)!;
        Assert.True(run.Found is not null, $"{mutant}: no scenario sees it (red for another reason: {string.Join(", ", run.Red)})");
    }

    [Theory]
    [MemberData(nameof(VisibleAfterAMinute))]
    [Trait("speed", "slow")]
    public Task Is_red_after_a_minute(string mutant) => Is_red(mutant);

    // A scenario that sees one of these makes its reason wrong: then the line must go.
    [Theory]
    [MemberData(nameof(NotVisible))]
    public async Task Is_green_for_the_reason_given(string mutant)
    {
        Task<MutantRun>? running = runs.Find(mutant);
        Assert.True(running is not null, $"{mutant}: there is no such mutant");
        Running.VariantResult? found = (await running).Found;
        Assert.True(found is null, $"{mutant}: {found?.Variant.Name} sees it: {found?.Reason}");
    }

    [Theory]
    [MemberData(nameof(NotVisibleAfterAMinute))]
    [Trait("speed", "slow")]
    public Task Is_green_for_the_reason_given_after_a_minute(string mutant) => Is_green_for_the_reason_given(mutant);

    [Fact]
    public void There_are_mutants_of_every_visible_entry()
    {
        foreach (string dialect in Rexecd.Dialect.Names)
        {
            IEnumerable<string> visible = Rexecd.DialectEntries.Enumerate(Rexecd.Dialect.Load(dialect)).Where(e => e.ClientVisible).Select(e => e.Name);
            Assert.Equal(visible.Order(), Mutant.All.Where(m => m.Dialect == dialect).Select(m => m.Entry).Distinct().Order());
        }
    }

    /// <summary>All mutants, a few at a time, begun before the first test; those of a minute all at once when one is asked for.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        // Most of a run is waiting for closes; so more than there are processors.
        private readonly SemaphoreSlim _free = new(4 * Environment.ProcessorCount);

        private readonly Lazy<Dictionary<string, Task<MutantRun>>> _slow = new(() => Mutant.All.Where(m => m.Slow)
            .ToDictionary(m => m.Name, m => Task.Run(() => MutantRun.RunAsync(m))));

        private Dictionary<string, Task<MutantRun>> _quick = [];

        /// <summary>The mutant's run, or null if there is no such mutant.</summary>
        internal Task<MutantRun>? Find(string mutant) => _quick.GetValueOrDefault(mutant) ?? _slow.Value.GetValueOrDefault(mutant);

        /// <inheritdoc/>
        public Task InitializeAsync()
        {
            _quick = Mutant.All.Where(m => !m.Slow).ToDictionary(m => m.Name, m => Task.Run(() => RunAsync(m)));
            return Task.CompletedTask;
        }

        /// <inheritdoc/>
        public async Task DisposeAsync()
        {
            IEnumerable<Task> all = _quick.Values.Concat(_slow.IsValueCreated ? _slow.Value.Values : []);
            await Task.WhenAll(all.Select(run => run.ContinueWith(_ => { }, TaskScheduler.Default)));
            _free.Dispose();
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
}
