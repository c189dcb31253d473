namespace RexecConformance.Fuzzing.Running;

/// <summary>Spreads cases over time: no more than so many a second, whoever asks.</summary>
/// <param name="perSecond">Cases a second; 0 is no bound.</param>
/// <param name="time">The clock.</param>
internal sealed class RatePacer(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits for this caller's turn.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        if (perSecond <= 0)
        {
            return;
        }

        TimeSpan wait;
        lock (_lock)
        {
            TimeSpan now = time.GetElapsedTime(_start);
            _next = _next < now ? now : _next;
            wait = _next - now;
            _next += TimeSpan.FromSeconds(1 / perSecond);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancel);
        }
    }
}
