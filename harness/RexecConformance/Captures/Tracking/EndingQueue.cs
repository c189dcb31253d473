namespace RexecConformance.Captures.Tracking;

/// <summary>Exchanges that have ended, for as long as something may still come: a FIN sent again, a reset for bytes under way, a late aux connection.</summary>
internal sealed class EndingQueue
{
    private const long LingerNanoseconds = 2_000_000_000;

    // For captures without times, and for those in which very much happens at once.
    private const int LingerFrames = 20_000;

    private readonly Queue<(TrackedExchange Exchange, long Due, long DueFrame)> _ending = new();

    public void Add(TrackedExchange exchange, long now, long frame)
    {
        if (!exchange.IsEnding && !exchange.IsDone)
        {
            exchange.IsEnding = true;
            _ending.Enqueue((exchange, now + LingerNanoseconds, frame + LingerFrames));
        }
    }

    /// <summary>The next one whose time has come by now.</summary>
    public bool TryTake(long now, long frame, out TrackedExchange exchange)
    {
        exchange = null!;
        return _ending.TryPeek(out var next) && (next.Due <= now || next.DueFrame <= frame) && TryTake(out exchange);
    }

    /// <summary>The next one.</summary>
    public bool TryTake(out TrackedExchange exchange)
    {
        var any = _ending.TryDequeue(out var next);
        exchange = next.Exchange;
        if (any)
        {
            exchange.IsEnding = false;
        }

        return any;
    }
}
