using System.Globalization;
using System.Text;

namespace RexecConformance.Bytes;

/// <summary>Bytes as text for people, and back. One character is one byte.</summary>
public static class ByteText
{
    /// <summary>The encoding of all texts in data files: a character is a byte.</summary>
    public static Encoding Latin1 { get; } = Encoding.Latin1;

    /// <summary>Bytes as printable ASCII with escapes (<c>\0 \n \r \t \" \\ \x1b</c>), so that nothing in them reaches a terminal.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="limit">After so many bytes the text ends in <c>...</c> and how many more there are.</param>
    public static string Escape(ReadOnlySpan<byte> bytes, int limit) => bytes.Length <= limit
        ? Escape(bytes)
        : $"{Escape(bytes[..limit])}... ({bytes.Length - limit} more)";

    /// <inheritdoc cref="Escape(ReadOnlySpan{byte}, int)"/>
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 8);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            _ = b switch
            {
                0 when i + 1 == bytes.Length || bytes[i + 1] is < (byte)'0' or > (byte)'9' => text.Append("\\0"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'"' => text.Append("\\\""),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }

        return text.ToString();
    }

    /// <summary>Two hexadecimal digits a byte, blanks between.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (byte b in bytes)
        {
            _ = text.Append(text.Length == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{b:x2}");
        }

        return text.ToString();
    }

    /// <summary>Reads hexadecimal digits with optional blanks.</summary>
    public static bool TryParseHex(string text, out byte[] bytes)
    {
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        bytes = [];
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        bytes = Convert.FromHexString(digits);
        return true;
    }
}
