namespace RexecConformance.Captures.Tcp;

/// <summary>Segments that can't be delivered yet, as something before them is missing.</summary>
internal sealed class WaitingSegments
{
    // By place; and of those that the stream has come to, by the order of capture.
    private readonly PriorityQueue<(StreamPiece Segment, long Arrival), long> _ahead = new();
    private readonly PriorityQueue<StreamPiece, long> _due = new();
    private long _first;
    private long _last;

    public int Count => _ahead.Count + _due.Count;

    /// <summary>The lowest place of any that the stream has not come to; <see cref="long.MaxValue"/> without one.</summary>
    public long Lowest => _ahead.TryPeek(out _, out var place) ? place : long.MaxValue;

    /// <summary>The highest place after any that ever waited.</summary>
    public long Highest { get; private set; } = long.MinValue;

    public void Add(in StreamPiece segment)
    {
        _ahead.Enqueue((segment, _last++), segment.Offset);
        Highest = Math.Max(Highest, segment.End);
    }

    /// <summary>What was delivered already and waits again, as the stream turns out to begin before it.</summary>
    public void AddInFront(IReadOnlyList<StreamPiece> pieces)
    {
        _first -= pieces.Count;
        for (var i = 0; i < pieces.Count; i++)
        {
            _ahead.Enqueue((pieces[i], _first + i), pieces[i].Offset);
            Highest = Math.Max(Highest, pieces[i].End);
        }
    }

    /// <summary>Takes the first captured one that begins here or before; its beginning may have been delivered, or all of it.</summary>
    public bool TryTake(long next, out StreamPiece segment)
    {
        while (_ahead.TryPeek(out var lowest, out var place) && place <= next)
        {
            _ = _ahead.Dequeue();
            _due.Enqueue(lowest.Segment, lowest.Arrival);
        }

        return _due.TryDequeue(out segment, out _);
    }

    public WaitingSegments Copy()
    {
        var copy = new WaitingSegments();
        copy._ahead.EnqueueRange(_ahead.UnorderedItems.Select(item => (item.Element, item.Priority)));
        copy._due.EnqueueRange(_due.UnorderedItems.Select(item => (item.Element, item.Priority)));
        return copy;
    }
}
