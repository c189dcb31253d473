using RexecConformance.Fuzzing.Finds;

namespace RexecConformance.Cli.Tests.Fuzzing.Faulty;

/// <summary>Each faulty server is found in ten seconds, alone and beside a right one, in memory and over sockets, by a request that a person can read.</summary>
[Trait("needs", "loopback")]
[Collection(Support.AloneCollection.Name)]
public sealed class FaultyServersTest
{
    private const int ShortRequest = 64;

    public static TheoryData<string> InMemoryAlone => Names(one => !one.NeedsSockets && !one.NeedsAnother);

    public static TheoryData<string> InMemoryBeside => Names(one => !one.NeedsSockets);

    public static TheoryData<string> OverSocketsAlone => Names(one => one is { NeedsAnother: false, NeedsVirtualTime: false });

    // That two are compared is the same in memory, where all are: over sockets are those that only that shows.
    public static TheoryData<string> OverSocketsBeside => Names(one => one is { NeedsVirtualTime: false } and ({ NeedsSockets: true } or { NeedsAnother: true }));

    [Theory]
    [MemberData(nameof(InMemoryAlone))]
    public Task Is_found_in_memory_alone(string name) => FindsAsync(FaultyServer.All[name], "memory", beside: false);

    [Theory]
    [MemberData(nameof(InMemoryBeside))]
    public Task Is_found_in_memory_beside_a_right_one(string name) => FindsAsync(FaultyServer.All[name], "memory", beside: true);

    [Theory]
    [MemberData(nameof(OverSocketsAlone))]
    public Task Is_found_over_sockets_alone(string name) => FindsAsync(FaultyServer.All[name], "reference", beside: false);

    [Theory]
    [MemberData(nameof(OverSocketsBeside))]
    public Task Is_found_over_sockets_beside_a_right_one(string name) => FindsAsync(FaultyServer.All[name], "reference", beside: true);

    private static TheoryData<string> Names(Func<FaultyServer, bool> which) => [.. FaultyServer.All.Values.Where(which).Select(one => one.Name).Order(StringComparer.Ordinal)];

    private static async Task FindsAsync(FaultyServer faulty, string kind, bool beside)
    {
        string target = faulty.Target(kind);
        FaultyRun run = await FaultyRun.RunAsync(beside ? [$"{kind}:{faulty.Base}", target] : [target]);
        Assert.Equal(ExitCodes.Red, run.ExitCode);
        FuzzFind find = Assert.Single(run.Finds.Take(1));
        // Over sockets many cases are under way at once, and which of them shows the fault first is chance: how short the smallest is, is seen in memory.
        bool mayBeLong = faulty.NeedsLongField || kind == "reference";
        Assert.True(mayBeLong || find.Request.Length < ShortRequest, $"{find.Request.Length} bytes: {find.Title}");
        Assert.True(kind == "reference" || FaultyRun.AuxEvents(find) <= 1, $"{FaultyRun.AuxEvents(find)} aux events: {find.Title}");
    }
}
