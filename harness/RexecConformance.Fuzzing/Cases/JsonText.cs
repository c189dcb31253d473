using System.Globalization;
using System.Text;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Strings of JSON: ASCII as it is, letters and digits of other scripts too, everything else escaped, so that no byte of a case reaches a terminal.</summary>
internal static class JsonText
{
    /// <summary>Writes a string.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="value">Any text.</param>
    /// <param name="bytes">A character below U+0100 stands for a byte: an accent there would be read as a letter that was never sent.</param>
    public static void Append(StringBuilder text, ReadOnlySpan<char> value, bool bytes = true)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                >= ' ' and <= '~' => text.Append(c),
                > '~' when (c >= '\u0100' || !bytes) && char.IsLetterOrDigit(c) => text.Append(c),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        text.Append('"');
    }
}
