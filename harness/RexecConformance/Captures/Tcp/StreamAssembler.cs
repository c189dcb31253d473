namespace RexecConformance.Captures.Tcp;

/// <summary>Puts the segments of one direction in order.</summary>
/// <remarks>
/// Of two copies of a byte the one counts that could be delivered first, which is what Linux does and tshark shows: a segment that goes on
/// where the stream has come to is delivered whole, whatever else waits for the same places; among those that wait, the first captured.
/// </remarks>
internal sealed class StreamAssembler(KeepBudget budget)
{
    // So many segments out of order are no longer disorder but a hole: it is given up.
    private const int MostWaiting = 4_096;

    // A hole that the other side acknowledged is one of the capture. It may still be filled, if packets were written in another order
    // than they came, but not for long.
    private const int MostWaitingBehindAcknowledged = 64;
    private const int ListedHoles = 100_000;

    private readonly KeptBytes _kept = new(budget);
    private readonly List<StreamPiece> _pieces = [];
    private List<PlaceRange>? _holes;
    private WaitingSegments? _waiting;
    private long? _start;
    private long _acknowledged = long.MinValue;

    /// <summary>True until there is any data.</summary>
    public bool IsEmpty => First == long.MaxValue;

    /// <summary>The lowest place captured, or the start where that is known.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The place after the last byte that could be delivered.</summary>
    public long Next { get; private set; }

    /// <summary>The place after the highest captured byte.</summary>
    public long End => Math.Max(Next, _waiting?.Highest ?? long.MinValue);

    /// <summary>Bytes that were captured again.</summary>
    public long Repeated { get; private set; }

    /// <summary>False once a byte was not kept.</summary>
    public bool KeptWhole => _kept.Whole;

    /// <summary>The stream begins here, as its SYN says; before it there are only keep-alive probes.</summary>
    public void SetStart(long place)
    {
        _start = place;
        if (IsEmpty)
        {
            Next = place;
        }
        else if (place < First)
        {
            BeginAgainAt(place);
        }
    }

    /// <summary>Takes a segment.</summary>
    public void Add(long place, ReadOnlySpan<byte> data, CaptureMark mark)
    {
        if (IsEmpty)
        {
            Next = _start ?? place;
        }
        else if (_start is null && place < First)
        {
            BeginAgainAt(place);
        }

        First = Math.Min(First, Math.Min(place, _start ?? place));
        if (place > Next)
        {
            (_waiting ??= new WaitingSegments()).Add(new StreamPiece(place, _kept.Store(data), mark, data.Length));
            GiveUpHoles();
            return;
        }

        var repeated = (int)Math.Min(Next - place, data.Length);
        Repeated += repeated;
        if (repeated < data.Length)
        {
            Deliver(new StreamPiece(Next, _kept.Store(data[repeated..]), mark, data.Length - repeated));
            Drain();
        }
    }

    /// <summary>The other side has all up to this place.</summary>
    public void Acknowledge(long place)
    {
        _acknowledged = Math.Max(_acknowledged, place);
        if (_waiting is not null)
        {
            GiveUpHoles();
        }
    }

    /// <summary>All pieces and holes as they stand, those behind holes that may still be filled too.</summary>
    public (IReadOnlyList<StreamPiece> Pieces, IReadOnlyList<PlaceRange> Holes) Contents()
    {
        if (_waiting is null or { Count: 0 })
        {
            return (_pieces, _holes ?? []);
        }

        var pieces = new List<StreamPiece>(_pieces);
        var holes = new List<PlaceRange>(_holes ?? []);
        var (next, waiting) = (Next, _waiting.Copy());
        while (waiting.Count > 0)
        {
            if (waiting.TryTake(next, out var segment))
            {
                if (segment.End > next)
                {
                    pieces.Add(segment.From(next));
                    next = segment.End;
                }

                continue;
            }

            holes.Add(new PlaceRange(next, waiting.Lowest));
            next = waiting.Lowest;
        }

        return (pieces, holes);
    }

    /// <summary>Takes memory for something else that belongs to the stream.</summary>
    public bool TryCharge(int bytes) => _kept.TryCharge(bytes);

    /// <summary>Gives the memory back.</summary>
    public void Release() => _kept.Release();

    private void Deliver(in StreamPiece piece)
    {
        if (piece.Bytes.Length > 0)
        {
            _pieces.Add(piece);
        }

        Next = piece.End;
    }

    private void Drain()
    {
        while (_waiting is not null && _waiting.TryTake(Next, out var segment))
        {
            Repeated += Math.Min(segment.Length, Math.Max(0, Next - segment.Offset));
            if (segment.End > Next)
            {
                Deliver(segment.From(Next));
            }
        }
    }

    private void GiveUpHoles()
    {
        while (_waiting is { Count: > 0 } && _waiting.Count > (_acknowledged > _waiting.Lowest ? MostWaitingBehindAcknowledged : MostWaiting))
        {
            _holes ??= [];
            var hole = new PlaceRange(Next, _waiting.Lowest);
            if (_holes.Count < ListedHoles)
            {
                _holes.Add(hole);
            }
            else
            {
                // The sum stays right; which bytes between these two holes are lost is no longer known.
                _holes[^1] = _holes[^1] with { End = _holes[^1].End + hole.Length };
            }

            Next = _waiting.Lowest;
            Drain();
        }
    }

    private void BeginAgainAt(long place)
    {
        if (_pieces.Count <= MostWaiting && _holes is null)
        {
            (_waiting ??= new WaitingSegments()).AddInFront(_pieces);
            _pieces.Clear();
            (First, Next) = (place, place);
        }
    }
}
