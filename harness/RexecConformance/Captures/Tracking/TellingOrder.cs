using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Tracking;

/// <summary>Keeps exchanges in the order of their first packets until they are told.</summary>
/// <param name="limits">How many that are over may wait for an earlier one.</param>
/// <param name="tell">Tells one.</param>
internal sealed class TellingOrder(KeepLimits limits, Action<TrackedExchange> tell)
{
    private readonly LinkedList<TrackedExchange> _order = new();
    private readonly Queue<TrackedExchange> _held = new();

    /// <summary>All that are neither told nor dropped. May be changed while it is gone through.</summary>
    public IReadOnlyList<TrackedExchange> All => [.. _order];

    /// <summary>The earliest that is neither told nor dropped, or null.</summary>
    public TrackedExchange? First => _order.First?.Value;

    /// <summary>A new one: later than all others.</summary>
    public void Add(TrackedExchange exchange) => exchange.Place = _order.AddLast(exchange);

    /// <summary>One that is not told: no rexec, or part of another.</summary>
    public void Remove(TrackedExchange exchange)
    {
        if (Leave(exchange))
        {
            TellWhatIsFirst();
        }
    }

    /// <summary>One that is over is told as soon as no earlier one may still come, or too many wait.</summary>
    public void Done(TrackedExchange exchange)
    {
        _held.Enqueue(exchange);
        TellWhatIsFirst();
        while (_held.Count > limits.HeldBack)
        {
            Tell(_held.Dequeue());
        }
    }

    /// <summary>Tells all that are over, whatever the order.</summary>
    public void TellHeld()
    {
        while (_held.TryDequeue(out var held))
        {
            Tell(held);
        }
    }

    private void TellWhatIsFirst()
    {
        while (_order.First is { Value.IsDone: true } first)
        {
            Tell(first.Value);
        }

        while (_held.TryPeek(out var told) && told.Place is null)
        {
            _ = _held.Dequeue();
        }
    }

    private void Tell(TrackedExchange exchange)
    {
        if (Leave(exchange))
        {
            tell(exchange);
        }
    }

    private bool Leave(TrackedExchange exchange)
    {
        if (exchange.Place is not { } place)
        {
            return false;
        }

        exchange.Place = null;
        _order.Remove(place);
        return true;
    }
}
