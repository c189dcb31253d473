using System.Diagnostics;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>How late this process is with what it is to do: a server on a busy machine, or in this process, is as late.</summary>
internal sealed class Lateness : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private long _due = Stopwatch.GetTimestamp() + Ticks(s_period);
    private TimeSpan _recent;

    /// <summary>Begins to measure.</summary>
    public Lateness() => _timer = new Timer(_ => Measure(), null, s_period, s_period);

    /// <summary>How late a timer was of late: the most of it, which fades within some seconds.</summary>
    public TimeSpan Recent
    {
        get
        {
            lock (_lock)
            {
                // A timer that is late now has not been seen to be so.
                TimeSpan now = Stopwatch.GetElapsedTime(_due);
                return now > _recent ? now : _recent;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Measure()
    {
        lock (_lock)
        {
            TimeSpan late = Stopwatch.GetElapsedTime(_due);
            _recent = late > _recent ? late : _recent * 0.97;
            _due = Stopwatch.GetTimestamp() + Ticks(s_period);
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
