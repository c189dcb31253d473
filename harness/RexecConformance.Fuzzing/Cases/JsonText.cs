using System.Globalization;
using System.Text;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Strings of JSON: ASCII as it is, letters and digits of other scripts too, everything else escaped, so that no byte of a case reaches a terminal.</summary>
internal static class JsonText
{
    public static void Append(StringBuilder text, ReadOnlySpan<char> value)
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

                // Below U+0100 a character may stand for a byte: an accent there would be read as a letter that was never sent.
                >= '\u0100' when char.IsLetterOrDigit(c) => text.Append(c),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        text.Append('"');
    }
}
