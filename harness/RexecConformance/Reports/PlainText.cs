using System.Globalization;
using System.Text;

namespace RexecConformance.Reports;

/// <summary>Text of unknown origin (titles, names, messages of the system) made safe for a terminal, a log and XML.</summary>
public static class PlainText
{
    /// <summary>
    /// The text on one line. Control and format characters (escape sequences, line ends, direction marks), private and
    /// unassigned ones and broken surrogates become <c>\x1b</c> or <c>\u{202e}</c>.
    /// </summary>
    public static string OneLine(string text)
    {
        if (text.All(c => c is >= ' ' and < '\x7f'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                _ = safe.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[i]:x4}}}");
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            _ = IsSafe(rune) ? safe.Append(rune.ToString())
                : rune.Value switch
                {
                    '\n' => safe.Append("\\n"),
                    '\r' => safe.Append("\\r"),
                    '\t' => safe.Append("\\t"),
                    < 0x100 => safe.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                    _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x4}}}"),
                };
        }

        return safe.ToString();
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
