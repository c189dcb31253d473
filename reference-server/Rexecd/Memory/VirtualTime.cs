namespace Rexecd;

/// <summary>A clock that stands still until it is told to go on: a minute's time-out costs nothing. For one thread.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly List<VirtualTimer> _timers = [];
    private long _sequence;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer, and runs it; false if none is due by this time, to which the clock goes then.</summary>
    public bool Advance(TimeSpan until)
    {
        VirtualTimer? next = null;
        foreach (VirtualTimer timer in _timers)
        {
            next = next is null || (timer.Due, timer.Order).CompareTo((next.Due, next.Order)) < 0 ? timer : next;
        }

        if (next is null || next.Due > until)
        {
            Now = until > Now ? until : Now;
            return false;
        }

        Now = next.Due > Now ? next.Due : Now;
        next.Run();
        return true;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _waits;

        public TimeSpan Due { get; private set; }

        /// <summary>Of two timers that are due at once the one that was set first runs first.</summary>
        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_waits)
            {
                _ = time._timers.Remove(this);
            }

            _waits = dueTime != Timeout.InfiniteTimeSpan;
            _period = period;
            if (_waits)
            {
                Due = time.Now + dueTime;
                Order = time._sequence++;
                time._timers.Add(this);
            }

            return true;
        }

        public void Run()
        {
            _ = Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
