namespace RexecConformance.Captures.Showing;

/// <summary>Places of a stream from one (included) to another (not included).</summary>
internal readonly record struct HiddenRange(long From, long To)
{
    /// <summary>The same places in order, none of them twice.</summary>
    public static List<HiddenRange> Merge(IEnumerable<HiddenRange> ranges)
    {
        var merged = new List<HiddenRange>();
        foreach (var range in ranges.Where(range => range.From < range.To).OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, range.To) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>Sets the flags of a stretch that begins at this place.</summary>
    /// <param name="merged">As <see cref="Merge"/> gives them.</param>
    /// <param name="offset">Place of the first flag.</param>
    /// <param name="flags">One for each byte.</param>
    public static void Mark(List<HiddenRange> merged, long offset, Span<bool> flags)
    {
        var (low, high) = (0, merged.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = merged[middle].To <= offset ? (middle + 1, high) : (low, middle);
        }

        for (; low < merged.Count && merged[low].From < offset + flags.Length; low++)
        {
            var from = (int)Math.Max(merged[low].From - offset, 0);
            var to = (int)Math.Min(merged[low].To - offset, flags.Length);
            flags[from..to].Fill(true);
        }
    }
}
