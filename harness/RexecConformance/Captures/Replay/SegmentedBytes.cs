namespace RexecConformance.Captures.Replay;

/// <summary>Replaces bytes in a stream that is cut into segments, and keeps the cuts.</summary>
internal static class SegmentedBytes
{
    /// <summary>
    /// Each segment keeps its share of the replaced bytes; what is left over goes to the last of them, and what is missing is
    /// missing there. A segment that nothing is left for becomes empty.
    /// </summary>
    public static IReadOnlyList<byte[]> Replace(IReadOnlyList<byte[]> segments, int offset, int length, ReadOnlySpan<byte> text)
    {
        var result = new List<byte[]>(segments.Count);
        var place = 0;
        var end = offset + length;
        var placed = false;
        foreach (var segment in segments)
        {
            var from = Math.Clamp(offset - place, 0, segment.Length);
            var to = Math.Clamp(end - place, 0, segment.Length);
            place += segment.Length;
            // The field's last byte is here; an empty field sits before its NUL.
            var last = !placed && (length > 0 ? to > from && place >= end : place > offset);
            var share = last ? text.Length : Math.Min(to - from, text.Length);
            result.Add([.. segment[..from], .. text[..share], .. segment[to..]]);
            text = text[share..];
            placed |= last;
        }

        return result;
    }
}
