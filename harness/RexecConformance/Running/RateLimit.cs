using System.Diagnostics;

namespace RexecConformance.Running;

/// <summary>Spaces connections to somebody's machine evenly.</summary>
/// <param name="perMinute">Connections a minute; 0 is no limit.</param>
internal sealed class RateLimit(int perMinute)
{
    private readonly Lock _lock = new();
    private long _next = Stopwatch.GetTimestamp();

    /// <summary>Waits for this connection's turn.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        if (perMinute <= 0)
        {
            return;
        }

        TimeSpan wait;
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            _next = Math.Max(now, _next);
            wait = Stopwatch.GetElapsedTime(now, _next);
            _next += Stopwatch.Frequency * 60 / perMinute;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancel);
        }
    }
}
