namespace RexecConformance.Captures.Packets.Fragments;

/// <summary>The fragments of one IP packet that have come so far.</summary>
/// <remarks>
/// Where two of them have other bytes for the same place, the fragment that begins first counts, and of two that begin at the
/// same place the one that came first; and the first last fragment says how long the whole is. That is what tshark does
/// (Wireshark's epan/reassemble.c, fragment_add_work); no document demands it, and RFC 5722 would drop such an IPv6 packet.
/// </remarks>
internal sealed class PartialDatagram(FragmentKey key, long firstSeen)
{
    /// <summary>No packet can have more: each but the last has eight bytes or a multiple of that.</summary>
    private const int MostPieces = 8192;

    // What a piece costs beside its bytes, roughly.
    private const int PieceCost = 32;

    private readonly List<Piece> _pieces = [];
    private byte[] _bytes = [];
    private int _used;
    private int _wireBytes;
    private int _total = -1;

    public FragmentKey Key { get; } = key;

    /// <summary>Time of its first fragment: nanoseconds since 1970.</summary>
    public long FirstSeen { get; } = firstSeen;

    /// <summary>The type of the whole payload's first header: what the fragment at offset 0 says.</summary>
    public byte Protocol { get; private set; }

    /// <summary>Fragments so far.</summary>
    public int Count => _pieces.Count;

    /// <summary>Bytes of the whole payload; known once the last fragment is here.</summary>
    public int Total => _total;

    /// <summary>Memory that it takes, in bytes, roughly.</summary>
    public int Cost => _bytes.Length + (PieceCost * _pieces.Capacity);

    /// <summary>Takes a fragment; false when there is no room for one more.</summary>
    public bool TryAdd(scoped in IpPacket fragment)
    {
        if (_pieces.Count == MostPieces)
        {
            return false;
        }

        var piece = new Piece(fragment.FragmentOffset, fragment.WireLength, _used, fragment.Payload.Length);
        if (_bytes.Length < _used + piece.Captured)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _used + piece.Captured));
        }

        fragment.Payload.CopyTo(_bytes.AsSpan(_used));
        _used += piece.Captured;
        _wireBytes += piece.Length;
        if (fragment.FragmentOffset == 0 && (_pieces.Count == 0 || _pieces[0].Offset != 0))
        {
            Protocol = fragment.Protocol;
        }

        if (!fragment.MoreFragments && _total < 0)
        {
            _total = piece.Offset + piece.Length;
        }

        // Mostly they come in order.
        var place = _pieces.Count;
        while (place > 0 && _pieces[place - 1].Offset > piece.Offset)
        {
            place--;
        }

        _pieces.Insert(place, piece);
        return true;
    }

    /// <summary>Whether fragments cover the whole, captured to their ends or not.</summary>
    public bool IsComplete()
    {
        // Cheap, and enough to answer most of the time.
        if (_total < 0 || _wireBytes < _total)
        {
            return false;
        }

        var covered = 0;
        foreach (var piece in _pieces)
        {
            if (piece.Offset > covered)
            {
                break;
            }

            covered = Math.Max(covered, piece.Offset + piece.Length);
        }

        return covered >= _total;
    }

    /// <summary>Puts the payload together up to its end, or to the first byte that a snap length cut off; returns its length.</summary>
    /// <param name="whole">At least <see cref="Total"/> bytes.</param>
    public int CopyTo(Span<byte> whole)
    {
        var known = 0;
        foreach (var piece in _pieces)
        {
            var end = Math.Min(piece.Offset + piece.Captured, _total);
            if (piece.Offset > known)
            {
                break;
            }

            if (end > known)
            {
                _bytes.AsSpan(piece.Start + known - piece.Offset, end - known).CopyTo(whole[known..]);
                known = end;
            }
        }

        return known;
    }

    private readonly record struct Piece(int Offset, int Length, int Start, int Captured);
}
