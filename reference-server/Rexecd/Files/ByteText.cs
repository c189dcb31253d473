using System.Globalization;
using System.Text;

namespace Rexecd;

/// <summary>Texts of a dialect file are bytes: one character U+0000 to U+00FF is one byte on the wire.</summary>
internal static class ByteText
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The bytes with the letters A to Z as a to z; all others, those of names in UTF-8 too, stay.</summary>
    public static byte[] LowerCase(ReadOnlySpan<byte> bytes)
    {
        byte[] lower = bytes.ToArray();
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i] |= (byte)(lower[i] is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }

        return lower;
    }

    public static bool IsBytes(string text) => text.All(c => c <= 0xff);

    /// <summary>A double-quoted YAML scalar; everything but printable ASCII is escaped, so that a file shows each byte.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
