using System.Buffers;
using RexecConformance.Captures.Gzip;

namespace RexecConformance.Captures;

/// <summary>A window onto a stream that can show the next N bytes in one piece, without one read call per record and without a copy.</summary>
internal sealed class CaptureBuffer(Stream stream) : IDisposable
{
    /// <summary>The most that can be asked for at once: larger than any record that is believed, so that it never has to grow.</summary>
    public const int Size = 2 * CaptureReader.LargestPacket;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _start;
    private int _end;

    /// <summary>Bytes from the start of the file, unpacked where it was packed, to <see cref="Span"/>.</summary>
    public long Offset { get; private set; }

    public int Available => _end - _start;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Why a packed file ended before its end, or null.</summary>
    public string? Damage => (stream as GunzipStream)?.Damage;

    /// <summary>Makes at least this many bytes available, at most <see cref="Size"/>; false when the stream ends before.</summary>
    public bool Fill(int count) => Available >= count || Read(count);

    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Goes past any number of bytes; false when the stream ends before.</summary>
    public bool Skip(long count)
    {
        while (count > Available)
        {
            count -= Available;
            Advance(Available);
            if (!Read(1))
            {
                return false;
            }
        }

        Advance((int)count);
        return true;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _start, _end) = ([], 0, 0);
            // Only what was put between: the file itself belongs to whoever opened it.
            (stream as GunzipStream)?.Dispose();
        }
    }

    private bool Read(int count)
    {
        if (_start > 0)
        {
            Span.CopyTo(_bytes);
            (_start, _end) = (0, Available);
        }

        while (_end < count)
        {
            var read = stream.Read(_bytes, _end, _bytes.Length - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
