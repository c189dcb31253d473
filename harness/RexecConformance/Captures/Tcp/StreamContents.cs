using System.Runtime.InteropServices;

namespace RexecConformance.Captures.Tcp;

/// <summary>A direction's bytes as they stand: clipped to where it starts and ends, holes named.</summary>
internal sealed record StreamContents(long Start, long Length, IReadOnlyList<StreamPiece> Pieces, IReadOnlyList<LostBytes> Lost)
{
    private ReadOnlyMemory<byte>? _prefix;

    public ReadOnlyMemory<byte> Prefix => _prefix ??= Join(Contiguous());

    /// <param name="assembler">What was captured, or null for nothing.</param>
    /// <param name="start">Place of the first byte.</param>
    /// <param name="end">Place after the last byte, as far as segments and acknowledgments tell.</param>
    /// <param name="ended">Nothing after <paramref name="end"/> counts.</param>
    /// <param name="acknowledged">Place that the other side confirmed.</param>
    public static StreamContents Of(StreamAssembler? assembler, long start, long end, bool ended, long acknowledged)
    {
        var (pieces, holes) = assembler is { IsEmpty: false } ? assembler.Contents() : ([], []);
        var (first, last) = assembler is { IsEmpty: false } ? (assembler.First, assembler.End) : (start, start);
        end = Math.Max(start, ended ? end : Math.Max(end, last));
        // What was captured before the first delivered place, or after the last, is in no hole.
        var all = holes.Prepend(new PlaceRange(start, first)).Append(new PlaceRange(last, end));
        return new StreamContents(start, end - start, Clip(pieces, start, end), [.. Clip(all, start, end, acknowledged)]);
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
            if (from < to && !piece.Bytes.IsEmpty)
            {
                var bytes = piece.Bytes[(int)(from - piece.Offset)..(int)(to - piece.Offset)];
                kept.Add(new StreamPiece(from - start, bytes, piece.Mark, bytes.Length));
            }
        }

        return kept;
    }

    private static IEnumerable<LostBytes> Clip(IEnumerable<PlaceRange> holes, long start, long end, long acknowledged)
    {
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
