namespace RexecConformance.Captures.Tcp;

/// <summary>Places from <paramref name="Start"/> up to, but not including, <paramref name="End"/>.</summary>
internal readonly record struct PlaceRange(long Start, long End)
{
    public long Length => End - Start;
}

/// <summary>Which places of a stream have been captured: one stretch with holes. Data that comes in order costs one comparison.</summary>
internal sealed class Coverage
{
    // Filling a hole moves the ones behind it, so their number is bounded: the lowest are given up first. Nothing comes 10,000 holes late.
    private const int FillableHoles = 10_000;
    private const int GivenUpAtOnce = 1_000;
    private const int ListedHoles = 100_000;

    private List<PlaceRange>? _holes;
    private List<PlaceRange>? _givenUp;

    public bool IsEmpty => End < First;

    /// <summary>The lowest place captured.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The place after the highest captured.</summary>
    public long End { get; private set; } = long.MinValue;

    /// <summary>Holes between <see cref="First"/> and <see cref="End"/>, by place.</summary>
    public IEnumerable<PlaceRange> Holes => (_givenUp ?? []).Concat(_holes ?? []);

    /// <summary>True when data at this place simply goes on where the stream has come to.</summary>
    public bool GoesOnAt(long place) => place == End;

    /// <summary>Extends the stream; <paramref name="place"/> is not before <see cref="End"/>.</summary>
    public void Append(long place, long end)
    {
        if (IsEmpty)
        {
            First = place;
        }
        else if (place > End)
        {
            AddHole((_holes ??= []).Count, new PlaceRange(End, place));
        }

        End = end;
    }

    /// <summary>Covers what of a range before <see cref="End"/> is not covered yet, and says which parts that were.</summary>
    public void Fill(PlaceRange range, List<PlaceRange> filled)
    {
        if (range.Start < First)
        {
            var part = range with { End = Math.Min(range.End, First) };
            filled.Add(part);
            if (part.End < First)
            {
                AddHole(0, new PlaceRange(part.End, First));
            }

            First = part.Start;
        }

        for (var index = FirstHoleEndingAfter(range.Start); _holes is not null && index < _holes.Count && _holes[index].Start < range.End;)
        {
            var hole = _holes[index];
            var part = new PlaceRange(Math.Max(hole.Start, range.Start), Math.Min(hole.End, range.End));
            filled.Add(part);
            _holes.RemoveAt(index);
            if (part.End < hole.End)
            {
                _holes.Insert(index, hole with { Start = part.End });
            }

            if (hole.Start < part.Start)
            {
                _holes.Insert(index++, hole with { End = part.Start });
            }
        }
    }

    private void AddHole(int index, PlaceRange hole)
    {
        (_holes ??= []).Insert(index, hole);
        if (_holes.Count <= FillableHoles)
        {
            return;
        }

        _givenUp ??= [];
        foreach (var lowest in _holes.GetRange(0, GivenUpAtOnce))
        {
            if (_givenUp.Count < ListedHoles)
            {
                _givenUp.Add(lowest);
            }
            else
            {
                // The sum stays right; which bytes between these two holes are lost is no longer known.
                _givenUp[^1] = _givenUp[^1] with { End = _givenUp[^1].End + lowest.Length };
            }
        }

        _holes.RemoveRange(0, GivenUpAtOnce);
    }

    private int FirstHoleEndingAfter(long place)
    {
        var (low, high) = (0, _holes?.Count ?? 0);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _holes![middle].End <= place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
