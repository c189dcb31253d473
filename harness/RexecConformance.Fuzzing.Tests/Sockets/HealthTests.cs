using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Sockets;

/// <summary>What is left is told; what a runtime needs for itself, and what goes in time, is not.</summary>
[Trait("needs", "nothing")]
public sealed class HealthTests
{
    [Theory]
    [InlineData(10, false)]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public async Task A_few_more_are_no_matter(int now, bool told)
    {
        var counts = new Counts { Spare = 4 };
        SocketHealth health = await BeginAsync(counts);
        counts.Held = now;
        string? line = await health.CheckAsync(default);
        Assert.Equal(told ? $"left behind with no case under way: {now} things, 10 before the first case" : null, line);
    }

    [Fact]
    public async Task What_was_told_before_is_not_waited_for_again()
    {
        var counts = new Counts { Within = TimeSpan.FromMilliseconds(300) };
        SocketHealth health = await BeginAsync(counts);
        counts.Held = 12;
        Assert.NotNull(await health.CheckAsync(default));
        int asked = counts.Asked;
        Assert.NotNull(await health.CheckAsync(default));
        Assert.Equal(asked + 1, counts.Asked);
    }

    [Fact]
    public async Task What_goes_in_time_is_no_matter()
    {
        var counts = new Counts { Within = TimeSpan.FromSeconds(30) };
        SocketHealth health = await BeginAsync(counts);
        counts.Held = 12;
        counts.GoesAfter = counts.Asked + 3;
        Assert.Null(await health.CheckAsync(default));
    }

    private static async Task<SocketHealth> BeginAsync(Counts counts)
    {
        var health = new SocketHealth("double", _ => Task.FromResult(new FuzzOutcome { Primary = new OutcomeStream(true, [0], StreamEnd.Fin), Aux = OutcomeStream.None }), counts, () => null);
        await health.BeginAsync(default);
        return health;
    }

    private sealed class Counts : ILeftovers
    {
        public int Held { get; set; } = 10;

        public int Spare { get; init; }

        public TimeSpan Within { get; init; } = TimeSpan.FromMilliseconds(20);

        public int GoesAfter { get; set; } = int.MaxValue;

        public int Asked { get; private set; }

        public ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel) =>
            ValueTask.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int> { ["things"] = ++Asked > GoesAfter ? 10 : Held });

        int ILeftovers.Spare(string kind) => Spare;

        TimeSpan ILeftovers.GoneWithin(string kind) => Within;
    }
}
