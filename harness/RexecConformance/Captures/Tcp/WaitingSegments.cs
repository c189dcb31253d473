namespace RexecConformance.Captures.Tcp;

/// <summary>Segments that can't be delivered yet, as something before them is missing, in the order of capture.</summary>
internal sealed class WaitingSegments
{
    private readonly List<StreamPiece> _segments = [];

    public int Count => _segments.Count;

    /// <summary>The lowest place of any; <see cref="long.MaxValue"/> without one.</summary>
    public long Lowest { get; private set; } = long.MaxValue;

    /// <summary>The highest place after any.</summary>
    public long Highest { get; private set; } = long.MinValue;

    public void Add(in StreamPiece segment)
    {
        _segments.Add(segment);
        Lowest = Math.Min(Lowest, segment.Offset);
        Highest = Math.Max(Highest, segment.End);
    }

    /// <summary>What was delivered already and waits again, as the stream turns out to begin before it.</summary>
    public void AddInFront(IReadOnlyList<StreamPiece> pieces)
    {
        _segments.InsertRange(0, pieces);
        Lowest = pieces.Aggregate(Lowest, (lowest, piece) => Math.Min(lowest, piece.Offset));
        Highest = pieces.Aggregate(Highest, (highest, piece) => Math.Max(highest, piece.End));
    }

    /// <summary>Takes the first captured one that begins here or before; its beginning may have been delivered, or all of it.</summary>
    public bool TryTake(long next, out StreamPiece segment)
    {
        segment = default;
        if (Lowest > next)
        {
            return false;
        }

        var index = _segments.FindIndex(one => one.Offset <= next);
        segment = _segments[index];
        _segments.RemoveAt(index);
        if (segment.Offset == Lowest)
        {
            Lowest = _segments.Count == 0 ? long.MaxValue : _segments.Min(one => one.Offset);
        }

        return true;
    }

    public WaitingSegments Copy()
    {
        var copy = new WaitingSegments();
        copy.AddInFront(_segments);
        return copy;
    }
}
