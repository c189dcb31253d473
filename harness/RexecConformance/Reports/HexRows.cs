using System.Text;

namespace RexecConformance.Reports;

/// <summary>Expected and received bytes side by side, 16 a row, around the first difference.</summary>
internal static class HexRows
{
    /// <summary>Bytes in a row.</summary>
    public const int Width = 16;

    /// <summary>Most rows that are written.</summary>
    public const int MaxRows = 8;

    private const int Context = 2;
    private const int Column = 69;

    /// <summary>The rows, ready to be indented.</summary>
    /// <param name="expected">Expected bytes, or null if only a form is expected: then only the received side is written.</param>
    /// <param name="received">Received bytes.</param>
    /// <param name="first">The first differing offset, or -1.</param>
    /// <param name="expectedMask">Hidden bytes of <paramref name="expected"/>.</param>
    /// <param name="receivedMask">Hidden bytes of <paramref name="received"/>.</param>
    /// <param name="leftTitle">What the left side is.</param>
    /// <param name="rightTitle">What the right side is.</param>
    public static IEnumerable<string> Of(byte[]? expected, byte[] received, int first, bool[] expectedMask, bool[] receivedMask,
        string leftTitle = "expected", string rightTitle = "received")
    {
        int total = Math.Max(expected?.Length ?? 0, received.Length);
        int rows = Math.Max((total + Width - 1) / Width, first < 0 ? 0 : (first / Width) + 1);
        int start = Math.Max(0, (first / Width) - Context);
        start = start <= 1 || rows <= MaxRows ? 0 : start;
        int end = Math.Min(rows, start + MaxRows);
        int digits = Math.Max(4, $"{end * Width}".Length);
        string margin = new(' ', digits + 4);
        if (rows == 0)
        {
            yield break;
        }

        yield return expected is null ? $"{margin}received" : $"{margin}{leftTitle,-Column} {rightTitle}";
        if (start > 0)
        {
            yield return $"{margin}... {start * Width} equal bytes";
        }

        for (int row = start; row < end; row++)
        {
            int at = row * Width;
            bool differs = expected is not null && !Slice(expected, at).SequenceEqual(Slice(received, at));
            string left = expected is null ? "" : Side(expected, expectedMask, at, first) + "  | ";
            string offset = $"{at}".PadLeft(digits);
            yield return $"{(differs ? '!' : ' ')} {offset} {left}{Side(received, receivedMask, at, first)}".TrimEnd();
        }

        if (end < rows)
        {
            int left = Math.Max(0, (expected?.Length ?? 0) - (end * Width));
            int right = Math.Max(0, received.Length - (end * Width));
            yield return expected is null
                ? $"{margin}... {Words.Count(right, "more byte")}"
                : $"{margin}{$"... {Words.Count(left, "more byte")}",-Column} ... {Words.Count(right, "more byte")}";
        }
    }

    private static ReadOnlySpan<byte> Slice(byte[] bytes, int at) =>
        at >= bytes.Length ? [] : bytes.AsSpan(at, Math.Min(Width, bytes.Length - at));

    /// <summary>Hexadecimal and printable text of one row; always as wide. The first difference stands in brackets.</summary>
    private static string Side(byte[] bytes, bool[] mask, int at, int first)
    {
        var hex = new StringBuilder();
        var text = new StringBuilder();
        for (int i = at; i < at + Width; i++)
        {
            _ = hex.Append(i == first ? '[' : first >= 0 && i == first + 1 && i > at ? ']' : ' ');
            if (i < bytes.Length)
            {
                _ = hex.Append(mask[i] ? "**" : $"{bytes[i]:x2}");
                _ = text.Append(mask[i] ? '*' : bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.');
            }
            else
            {
                _ = hex.Append(i == first ? "--" : "  ");
            }
        }

        _ = hex.Append(first == at + Width - 1 ? ']' : ' ');
        return $"{hex} {text.ToString().PadRight(Width)}";
    }
}
