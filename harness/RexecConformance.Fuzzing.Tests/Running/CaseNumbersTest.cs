using System.Collections.Concurrent;
using RexecConformance.Fuzzing.Running;

namespace RexecConformance.Fuzzing.Tests.Running;

/// <summary>Numbers are handed out once each, and the gate keeps all out while one is inside alone.</summary>
public sealed class CaseNumbersTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void The_mark_is_the_first_number_that_is_not_done()
    {
        var numbers = new CaseNumbers(10, 35, 10);
        Assert.Equal((10L, 10L), (numbers.Mark, numbers.Next));
        Assert.True(numbers.TryTake(out long first, out long firstEnd));
        Assert.True(numbers.TryTake(out long second, out _));
        Assert.True(numbers.TryTake(out long third, out long thirdEnd));
        Assert.False(numbers.TryTake(out _, out _));
        Assert.Equal((10L, 20L, 20L, 30L, 35L), (first, firstEnd, second, third, thirdEnd));
        numbers.Done(second);
        Assert.Equal(10, numbers.Mark);
        numbers.Done(first);
        Assert.Equal(30, numbers.Mark);
        numbers.Done(third);
        Assert.Equal(35, numbers.Mark);
    }

    [Fact]
    public async Task Several_workers_get_each_number_once()
    {
        var numbers = new CaseNumbers(0, 10_000, 7);
        var seen = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            while (numbers.TryTake(out long from, out long to))
            {
                for (long number = from; number < to; number++)
                {
                    seen.Add(number);
                }

                numbers.Done(from);
            }
        })));
        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => (long)number), seen.Order());
        Assert.Equal(10_000, numbers.Mark);
    }

    [Fact]
    public async Task Nobody_is_inside_a_closed_gate()
    {
        var gate = new QuietGate();
        int inside = 0;
        int most = 0;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await gate.EnterAsync(default);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                entered.TrySetResult();
                await Task.Yield();
                _ = Interlocked.Decrement(ref inside);
                gate.Leave();
            }
        }))];
        await entered.Task.WaitAsync(s_patience);
        for (int i = 0; i < 200; i++)
        {
            using (await gate.CloseAsync(default).WaitAsync(s_patience))
            {
                Assert.Equal(0, Volatile.Read(ref inside));
                await Task.Yield();
                Assert.Equal(0, Volatile.Read(ref inside));
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(s_patience);
        Assert.True(most >= 1);
    }
}
