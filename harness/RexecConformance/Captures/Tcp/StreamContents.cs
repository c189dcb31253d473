namespace RexecConformance.Captures.Tcp;

/// <summary>A direction's bytes once all of its packets are in: clipped to where it starts and ends, holes named.</summary>
internal sealed record StreamContents(long Start, long Length, IReadOnlyList<StreamPiece> Pieces, IReadOnlyList<LostBytes> Lost)
{
    private ReadOnlyMemory<byte>? _prefix;

    public ReadOnlyMemory<byte> Prefix => _prefix ??= Join(Lost.Count == 0 ? long.MaxValue : Lost[0].Offset);

    /// <param name="pieces">Ordered, without overlaps.</param>
    /// <param name="start">Place of the first byte.</param>
    /// <param name="end">Place after the last byte.</param>
    /// <param name="ended">Nothing after <paramref name="end"/> counts.</param>
    /// <param name="acknowledged">Place that the other side confirmed.</param>
    public static StreamContents Of(ReadOnlySpan<StreamPiece> pieces, long start, long end, bool ended, long acknowledged)
    {
        var kept = new List<StreamPiece>(pieces.Length);
        var lost = new List<LostBytes>();
        var place = start;
        foreach (var piece in pieces)
        {
            // Before the start there are only keep-alive probes; after the end, only mistakes.
            var from = Math.Max(piece.Offset, start);
            var to = ended ? Math.Min(piece.End, end) : piece.End;
            if (from >= to)
            {
                continue;
            }

            Hole(from);
            kept.Add(new StreamPiece(from - start, piece.Bytes[(int)(from - piece.Offset)..(int)(to - piece.Offset)], piece.Mark));
            place = to;
        }

        Hole(end);
        return new StreamContents(start, place - start, kept, lost);

        void Hole(long until)
        {
            if (until > place)
            {
                lost.Add(new LostBytes(place - start, until - place, acknowledged >= until));
                place = until;
            }
        }
    }

    public byte[] Known() => Join(long.MaxValue);

    private byte[] Join(long limit)
    {
        var before = Pieces.TakeWhile(piece => piece.Offset < limit).ToList();
        var bytes = new byte[before.Sum(piece => (long)piece.Bytes.Length)];
        var used = 0;
        foreach (var piece in before)
        {
            piece.Bytes.Span.CopyTo(bytes.AsSpan(used));
            used += piece.Bytes.Length;
        }

        return bytes;
    }
}
