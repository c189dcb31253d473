namespace Rexecd;

/// <summary>A wait of a session.</summary>
internal static class Delay
{
    /// <summary>Waits on any clock. On a virtual one whoever waits goes on where the clock is moved or the token cancelled; Task.Delay, when cancelled, goes on in the pool.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async ValueTask WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (clock is not VirtualTime)
        {
            await Task.Delay(time, clock, cancel).ConfigureAwait(false);
        }
        else if (time > TimeSpan.Zero)
        {
            var wait = new MemoryWait();
            using ITimer timer = clock.CreateTimer(static wait => ((MemoryWait)wait!).End(0), wait, time, Timeout.InfiniteTimeSpan);
            wait.Begin(cancel);
            await new ValueTask(wait, wait.Version).ConfigureAwait(false);
        }
    }
}
