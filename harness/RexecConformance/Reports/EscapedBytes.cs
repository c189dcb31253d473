using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports;

/// <summary>Bytes as quoted, escaped text, with hidden bytes as stars.</summary>
internal static class EscapedBytes
{
    /// <summary>Quoted text of at most <paramref name="most"/> bytes; what is left out is counted.</summary>
    public static string Quote(byte[] bytes, bool[]? mask = null, int most = 80)
    {
        int shown = bytes.Length <= most ? bytes.Length : Math.Max(1, most - 8);
        return $"\"{Range(bytes, mask, 0, shown)}\"" + (shown == bytes.Length ? "" : $"... ({bytes.Length} bytes)");
    }

    /// <summary>The same, of bytes of a report.</summary>
    public static string Quote(ReportedBytes bytes, int most = 80)
    {
        int shown = bytes.Length <= most ? bytes.Kept.Length : Math.Min(bytes.Kept.Length, Math.Max(1, most - 8));
        return $"\"{Range(bytes.Kept, bytes.Mask(), 0, shown)}\"" + (shown == bytes.Length ? "" : $"... ({bytes.Length} bytes)");
    }

    /// <summary>The text of the bytes from one offset to before another, without quotation marks.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mask">Hidden bytes.</param>
    /// <param name="from">The first offset.</param>
    /// <param name="to">The offset behind the last byte.</param>
    /// <param name="wide">At this offset a NUL is written as long as before a digit, so that two texts stay aligned.</param>
    public static string Range(byte[] bytes, bool[]? mask, int from, int to, int wide = -1)
    {
        var text = new StringBuilder();
        for (int i = from; i < Math.Min(to, bytes.Length); i++)
        {
            _ = text.Append(i == wide && bytes[i] == 0 && mask?[i] != true ? "\\x00" : Piece(bytes, mask, i));
        }

        return text.ToString();
    }

    private static string Piece(byte[] bytes, bool[]? mask, int i)
    {
        if (mask is not null && mask[i])
        {
            return "*";
        }

        bool digitNext = bytes[i] == 0 && i + 1 < bytes.Length && char.IsAsciiDigit((char)bytes[i + 1]);
        return digitNext ? "\\x00" : ByteText.Escape(bytes.AsSpan(i, 1));
    }
}
