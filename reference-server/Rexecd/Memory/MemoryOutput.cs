using System.Buffers;

namespace Rexecd;

/// <summary>What a server in memory has sent on one connection, up to a bound.</summary>
internal sealed class MemoryOutput
{
    private const int Small = 2048;

    private byte[] _kept = [];
    private bool _pooled;
    private int _count;

    public ReadOnlySpan<byte> Bytes => _kept.AsSpan(0, _count);

    /// <summary>Whether more has come than is kept.</summary>
    public bool Overflow { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Overflow |= bytes.Length > MemoryConnection.MostKept - _count;
        bytes = bytes[..Math.Min(bytes.Length, MemoryConnection.MostKept - _count)];
        if (_count + bytes.Length > _kept.Length)
        {
            Grow(_count + bytes.Length);
        }

        bytes.CopyTo(_kept.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        if (_pooled)
        {
            ArrayPool<byte>.Shared.Return(_kept);
        }

        (_kept, _count, _pooled) = ([], 0, false);
    }

    private void Grow(int least)
    {
        byte[] before = _kept;
        bool pooled = _pooled;

        // Much output is rare, and large arrays of one use each are what collections are slow at.
        _pooled = least > Small;
        _kept = _pooled ? ArrayPool<byte>.Shared.Rent(least > MemoryConnection.MostKept / 8 ? MemoryConnection.MostKept : 2 * least) : new byte[Math.Max(least, 2 * before.Length)];
        before.AsSpan(0, _count).CopyTo(_kept);
        if (pooled)
        {
            ArrayPool<byte>.Shared.Return(before);
        }
    }
}
