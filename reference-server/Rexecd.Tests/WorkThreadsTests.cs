using Posix;

namespace Rexecd.Tests;

public class WorkThreadsTests
{
    [Fact]
    public async Task Newest_and_oldest_are_taken_in_turn()
    {
        var threads = new WorkThreads("test", 1);
        using var gate = new ManualResetEventSlim();
        var order = new List<int>();
        Task<bool> first = threads.RunAsync(() => gate.Wait(TimeSpan.FromSeconds(20)));
        Task[] others = [.. Enumerable.Range(1, 5).Select(i => threads.RunAsync(() =>
        {
            order.Add(i);
            return i;
        }))];
        gate.Set();
        Assert.True(await first);
        await Task.WhenAll(others);

        // The gate's turn took the one end, as the only one there was.
        Assert.Equal([1, 5, 2, 4, 3], order);
    }

    [Fact]
    public async Task Never_more_threads_than_said()
    {
        var threads = new WorkThreads("test", 3);
        int now = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => threads.RunAsync(() =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            Thread.Sleep(5);
            return Interlocked.Decrement(ref now);
        })));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Exception_reaches_whoever_waits() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new WorkThreads("test", 1).RunAsync<int>(() => throw new InvalidOperationException()));

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
