using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace RexecConformance.Captures.Gzip;

/// <summary>Packed bytes as bits, lowest first. After the end come zeros; <see cref="Overrun"/> tells.</summary>
internal sealed class BitSource(CaptureBuffer packed)
{
    private ulong _bits;
    private int _count;
    private int _invented;

    /// <summary>More was taken than the file has.</summary>
    public bool Overrun => _count < _invented;

    /// <summary>Bytes of the packed file that were taken, with the one that was begun.</summary>
    public long Offset => packed.Offset - (Math.Max(0, _count - _invented) / 8);

    /// <summary>Nothing is left (asked at the border of a byte).</summary>
    public bool AtEnd
    {
        get
        {
            Need(8);
            return _count == _invented;
        }
    }

    /// <summary>At least the next <paramref name="count"/> bits (at most 48), lowest first, and others above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Peek(int count)
    {
        if (_count < count)
        {
            Need(count);
        }

        return _bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int count)
    {
        _bits >>= count;
        _count -= count;
    }

    public int Take(int count)
    {
        var value = (int)(Peek(count) & ((1UL << count) - 1));
        Drop(count);
        return value;
    }

    /// <summary>Goes to the border of the next byte.</summary>
    public void Align() => Drop(_count & 7);

    private void Need(int count)
    {
        if (packed.Available >= 8 || packed.Fill(8))
        {
            // As many whole bytes as there is room for.
            var bytes = (63 - _count) / 8;
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(packed.Span) << _count;
            packed.Advance(bytes);
            _count += bytes * 8;
            _bits &= (1UL << _count) - 1;
            return;
        }

        while (_count < count)
        {
            if (packed.Fill(1))
            {
                _bits |= (ulong)packed.Span[0] << _count;
                packed.Advance(1);
            }
            else
            {
                _invented += 8;
            }

            _count += 8;
        }
    }
}
