using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Html;

/// <summary>
/// Bytes as the page holds them: a text in which each character is a byte, and one above them all stands for a hidden byte.
/// Of very many bytes the first ones are kept and those around the first difference: the JSON result and the capture have more.
/// </summary>
internal static class ShownBytes
{
    /// <summary>Stands for a byte of a password.</summary>
    public const char Hidden = '\u0100';

    /// <summary>Bytes that are kept of the beginning.</summary>
    public const int Beginning = 2048;

    private const int Before = 256;
    private const int Behind = 768;

    /// <summary>The kept ranges, each with its offset, in order and apart.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="difference">The first offset that differs from what was expected, or -1.</param>
    public static IEnumerable<(int Offset, string Text)> Ranges(ReportedBytes bytes, int difference)
    {
        bool[] mask = bytes.Mask();
        int length = bytes.Kept.Length;
        int first = Math.Min(length, Beginning);
        int from = Math.Max(0, difference - Before);
        int to = Math.Min(length, difference + Behind);
        if (difference < 0 || from <= first)
        {
            first = difference < 0 ? first : Math.Max(first, to);
            from = to = length;
        }

        if (first > 0)
        {
            yield return (0, Text(bytes.Kept, mask, 0, first));
        }

        if (to > from)
        {
            yield return (from, Text(bytes.Kept, mask, from, to));
        }
    }

    /// <summary>The first offset at which the bytes of two streams differ; -1 if none does.</summary>
    public static int FirstDifference(ReportedBytes? expected, ReportedBytes received)
    {
        if (expected is null)
        {
            return -1;
        }

        int common = expected.Kept.AsSpan().CommonPrefixLength(received.Kept);
        return common == expected.Kept.Length && common == received.Kept.Length ? -1 : common;
    }

    private static string Text(byte[] bytes, bool[] mask, int from, int to) => string.Create(to - from, (bytes, mask, from), static (text, of) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = of.mask[of.from + i] ? Hidden : (char)of.bytes[of.from + i];
        }
    });
}
