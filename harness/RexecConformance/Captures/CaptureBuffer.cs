using System.Buffers;

namespace RexecConformance.Captures;

/// <summary>A window onto a stream that can show the next N bytes in one piece, without one read call per record.</summary>
internal sealed class CaptureBuffer(Stream stream) : IDisposable
{
    // Larger than any record that is believed, so that it never has to grow.
    private const int Size = 2 * CaptureReader.LargestPacket;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private int _start;
    private int _end;

    /// <summary>Bytes from the start of the file to <see cref="Span"/>.</summary>
    public long Offset { get; private set; }

    public int Available => _end - _start;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Makes at least this many bytes available; false when the stream ends before.</summary>
    public bool Fill(int count)
    {
        if (Available >= count)
        {
            return true;
        }

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

    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _start, _end) = ([], 0, 0);
        }
    }
}
