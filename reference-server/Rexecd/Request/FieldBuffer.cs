namespace Rexecd;

/// <summary>
/// The bytes of one field while it is read. Grows by pieces, so that it never holds more memory than the ceiling, however
/// long a client goes on without a NUL.
/// </summary>
internal sealed class FieldBuffer(int ceiling)
{
    private const int FirstPiece = 64;
    private const int LargestPiece = 1 << 20;

    private readonly List<byte[]> _pieces = [];
    private int _room;

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held; never more than the ceiling.</summary>
    public int Held { get; private set; }

    /// <summary>Adds bytes; the caller keeps the sum within the ceiling.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_room == 0)
            {
                _room = Math.Min(ceiling - Held, Math.Clamp(Held, FirstPiece, LargestPiece));
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_room, nameof(bytes));
                _pieces.Add(new byte[_room]);
                Held += _room;
            }

            int part = Math.Min(_room, bytes.Length);
            bytes[..part].CopyTo(_pieces[^1].AsSpan(_pieces[^1].Length - _room));
            bytes = bytes[part..];
            _room -= part;
            Count += part;
        }
    }

    /// <summary>All bytes in one piece; the buffer is empty afterwards.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        byte[] whole = _pieces.Count == 1 ? _pieces[0] : new byte[Count];
        int count = Count;
        if (_pieces.Count > 1)
        {
            int done = 0;
            foreach (byte[] piece in _pieces)
            {
                piece.AsSpan(0, Math.Min(piece.Length, count - done)).CopyTo(whole.AsSpan(done));
                done += piece.Length;
            }
        }

        Clear();
        return whole.AsMemory(0, count);
    }

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        _pieces.Clear();
        _room = Count = Held = 0;
    }
}
