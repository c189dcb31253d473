using System.Runtime.InteropServices;

namespace RexecConformance.Captures.Tcp;

/// <summary>A direction's bytes as they stand: clipped to where it starts and ends, holes named.</summary>
internal sealed record StreamContents(long Start, long Length, IReadOnlyList<StreamPiece> Pieces, IReadOnlyList<LostBytes> Lost)
{
    private ReadOnlyMemory<byte>? _prefix;

    public ReadOnlyMemory<byte> Prefix => _prefix ??= Join(Contiguous());

    /// <param name="pieces">What is kept: ordered, without overlaps.</param>
    /// <param name="coverage">What was captured, kept or not.</param>
    /// <param name="start">Place of the first byte.</param>
    /// <param name="end">Place after the last byte, as far as segments and acknowledgments tell.</param>
    /// <param name="ended">Nothing after <paramref name="end"/> counts.</param>
    /// <param name="acknowledged">Place that the other side confirmed.</param>
    public static StreamContents Of(IReadOnlyList<StreamPiece> pieces, Coverage coverage, long start, long end, bool ended, long acknowledged)
    {
        end = ended || coverage.IsEmpty ? end : Math.Max(end, coverage.End);
        end = Math.Max(start, end);
        return new StreamContents(start, end - start, Clip(pieces, start, end), [.. Holes(coverage, start, end, acknowledged)]);
    }

    public byte[] Known() => Join(Pieces).ToArray();

    // Before the start there are only keep-alive probes; after the end, only mistakes.
    private static List<StreamPiece> Clip(IReadOnlyList<StreamPiece> pieces, long start, long end)
    {
        var kept = new List<StreamPiece>(pieces.Count);
        foreach (var piece in pieces)
        {
            var from = Math.Max(piece.Offset, start);
            var to = Math.Min(piece.End, end);
            if (from < to)
            {
                kept.Add(new StreamPiece(from - start, piece.Bytes[(int)(from - piece.Offset)..(int)(to - piece.Offset)], piece.Mark));
            }
        }

        return kept;
    }

    private static IEnumerable<LostBytes> Holes(Coverage coverage, long start, long end, long acknowledged)
    {
        var holes = coverage.IsEmpty
            ? [new PlaceRange(start, end)]
            : coverage.Holes.Prepend(new PlaceRange(start, coverage.First)).Append(new PlaceRange(coverage.End, end));
        foreach (var hole in holes)
        {
            var (from, to) = (Math.Max(hole.Start, start), Math.Min(hole.End, end));
            if (from < to)
            {
                yield return new LostBytes(from - start, to - from, acknowledged >= to);
            }
        }
    }

    private IEnumerable<StreamPiece> Contiguous()
    {
        long next = 0;
        foreach (var piece in Pieces)
        {
            if (piece.Offset != next)
            {
                yield break;
            }

            yield return piece;
            next = piece.End;
        }
    }

    private static ReadOnlyMemory<byte> Join(IEnumerable<StreamPiece> pieces)
    {
        var all = pieces as IReadOnlyList<StreamPiece> ?? [.. pieces];
        if (all.Count == 0)
        {
            return default;
        }

        if (SideBySide(all) is { } there)
        {
            return there;
        }

        var bytes = new byte[all.Sum(piece => (long)piece.Bytes.Length)];
        var used = 0;
        foreach (var piece in all)
        {
            piece.Bytes.Span.CopyTo(bytes.AsSpan(used));
            used += piece.Bytes.Length;
        }

        return bytes;
    }

    // Pieces that came in order stand one after the other in a chunk: then nothing need be copied.
    private static ReadOnlyMemory<byte>? SideBySide(IReadOnlyList<StreamPiece> pieces)
    {
        _ = MemoryMarshal.TryGetArray(pieces[0].Bytes, out var whole);
        for (var i = 1; i < pieces.Count; i++)
        {
            if (!MemoryMarshal.TryGetArray(pieces[i].Bytes, out var next) || next.Array != whole.Array || next.Offset != whole.Offset + whole.Count)
            {
                return null;
            }

            whole = new ArraySegment<byte>(whole.Array!, whole.Offset, whole.Count + next.Count);
        }

        return whole;
    }
}
