using System.Buffers;
using System.Numerics;

namespace RexecConformance.Captures.Tcp;

/// <summary>The bytes of one direction, in chunks that grow.</summary>
internal sealed class KeptBytes(KeepBudget budget)
{
    private const int SmallestChunk = 256;
    private const int LargestChunk = 256 * 1024;
    // Of what is known of a segment beside its bytes.
    private const int CostOfPiece = 80;

    private List<byte[]>? _pooled;
    private byte[] _chunk = [];
    private int _used;
    private long _cost;

    /// <summary>False once a byte was not kept; from then on none is.</summary>
    public bool Whole { get; private set; } = true;

    /// <summary>A copy that stays; empty if there was no room for it.</summary>
    public ReadOnlyMemory<byte> Store(ReadOnlySpan<byte> data)
    {
        if (!Whole || !HasRoom(data.Length))
        {
            Whole = false;
            return default;
        }

        data.CopyTo(_chunk.AsSpan(_used));
        var stored = _chunk.AsMemory(_used, data.Length);
        _used += data.Length;
        return stored;
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

    /// <summary>Gives the memory back. Where not all connections are kept it is used again: nobody may look at these bytes any more.</summary>
    public void Release()
    {
        Whole = false;
        var again = 0;
        foreach (var chunk in _pooled ?? [])
        {
            again += chunk.Length;
            ArrayPool<byte>.Shared.Return(chunk);
        }

        budget.Give(_cost, Math.Max(0, _cost - again));
        (_cost, _pooled) = (0, null);
    }

    private bool HasRoom(int length)
    {
        if (_used + length <= _chunk.Length)
        {
            return TryCharge(CostOfPiece);
        }

        // Twice of what there was, so that a short stream costs little and a long one few chunks.
        var chunk = Math.Max(Math.Clamp(_chunk.Length * 2, SmallestChunk, LargestChunk), length);
        // A pool gives powers of two.
        chunk = (int)BitOperations.RoundUpToPowerOf2((uint)chunk);
        if (!TryCharge(CostOfPiece + chunk))
        {
            return false;
        }

        (_chunk, _used) = (NewChunk(chunk), 0);
        return true;
    }

    // The collector is in no hurry with large arrays: used again, they are not its business.
    private byte[] NewChunk(int length)
    {
        if (budget.Limits.KeepsAllConnections)
        {
            return GC.AllocateUninitializedArray<byte>(length);
        }

        var chunk = ArrayPool<byte>.Shared.Rent(length);
        (_pooled ??= []).Add(chunk);
        return chunk;
    }
}
