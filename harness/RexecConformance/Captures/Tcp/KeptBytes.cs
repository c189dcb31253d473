namespace RexecConformance.Captures.Tcp;

/// <summary>The bytes of one direction, in chunks that grow, and which segment brought each. No byte is in it twice.</summary>
internal sealed class KeptBytes(KeepBudget budget)
{
    private const int SmallestChunk = 256;
    private const int LargestChunk = 256 * 1024;
    private const int CostOfPiece = 64;

    // Each is ordered by place as it comes: what goes on at the end, and what fills a hole (in the order of arrival).
    private readonly List<StreamPiece> _main = [];
    private List<StreamPiece>? _late;
    private byte[] _chunk = [];
    private int _used;
    private long _cost;

    /// <summary>False once a byte was not kept; from then on none is.</summary>
    public bool Whole { get; private set; } = true;

    public void Add(long place, ReadOnlySpan<byte> data, CaptureMark mark, bool late)
    {
        if (data.IsEmpty || !Whole)
        {
            return;
        }

        if (!HasRoom(data.Length))
        {
            Whole = false;
            return;
        }

        data.CopyTo(_chunk.AsSpan(_used));
        var piece = new StreamPiece(place, _chunk.AsMemory(_used, data.Length), mark);
        _used += data.Length;
        if (late)
        {
            (_late ??= []).Add(piece);
        }
        else
        {
            _main.Add(piece);
        }
    }

    /// <summary>All pieces by place.</summary>
    public IReadOnlyList<StreamPiece> Ordered()
    {
        if (_late is null)
        {
            return _main;
        }

        // A stable order is not needed: no two pieces have the same place.
        var all = new List<StreamPiece>(_main.Count + _late.Count);
        all.AddRange(_main);
        all.AddRange(_late);
        all.Sort((one, other) => one.Offset.CompareTo(other.Offset));
        return all;
    }

    /// <summary>Takes this much of the memory, for something that belongs to the stream.</summary>
    public bool TryCharge(int bytes)
    {
        if (_cost + bytes > budget.Limits.PerDirection || !budget.TryTake(bytes))
        {
            return false;
        }

        _cost += bytes;
        return true;
    }

    /// <summary>Gives the memory back to the budget; the bytes live on where somebody holds them.</summary>
    public void GiveBack()
    {
        budget.Give(_cost);
        _cost = 0;
    }

    private bool HasRoom(int length)
    {
        var chunk = 0;
        if (_used + length > _chunk.Length)
        {
            // Twice of what there was, so that a short stream costs little and a long one few chunks.
            chunk = Math.Max(Math.Clamp(_chunk.Length * 2, SmallestChunk, LargestChunk), length);
        }

        if (!TryCharge(CostOfPiece + chunk))
        {
            return false;
        }

        if (chunk > 0)
        {
            (_chunk, _used) = (GC.AllocateUninitializedArray<byte>(chunk), 0);
        }

        return true;
    }
}
