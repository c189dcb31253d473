namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Texts of an exact length, in bytes or in characters.</summary>
internal static class Padding
{
    // The longest that is not the same few bytes again and again: its line of text must stay short.
    private const int LongestVaried = 600;

    private static readonly byte[][] s_units =
    [
        "x"u8.ToArray(), "x"u8.ToArray(), "abcdefghijklmnopqrstuvwxyz"u8.ToArray(), "0123456789"u8.ToArray(),
        "é"u8.ToArray(), "ж"u8.ToArray(), "漢"u8.ToArray(), "😀"u8.ToArray(), "ü1"u8.ToArray(),
    ];

    private static readonly byte[][] s_characters = ["é"u8.ToArray(), "ж"u8.ToArray(), "漢"u8.ToArray(), "😀"u8.ToArray()];

    /// <summary>So many bytes; now and then so many characters of several bytes each.</summary>
    public static byte[] Of(Choices pick, int length)
    {
        byte[] text;
        if (length <= LongestVaried && pick.OneIn(6))
        {
            byte[] unit = pick.Of(s_characters);
            text = new byte[length * unit.Length];
            Repeat(unit, text);
        }
        else
        {
            text = new byte[length];
            Fill(pick, text);
        }

        return text;
    }

    /// <summary>The same, or a word cut or repeated to this length.</summary>
    public static byte[] Text(Choices pick, int length, byte[][] words)
    {
        if (length > LongestVaried || pick.OneIn(2))
        {
            return Of(pick, length);
        }

        byte[] text = new byte[length];
        Repeat(pick.Of(words), text);
        return text;
    }

    /// <summary>Fills a place. Characters that do not fit stand behind as many plain ones as are left over.</summary>
    public static void Fill(Choices pick, Span<byte> text)
    {
        byte[] unit = text.Length > LongestVaried ? s_units[0] : pick.Of(s_units);
        int over = unit[0] >= 0x80 && unit[^1] >= 0x80 ? text.Length % unit.Length : 0;
        text[..over].Fill((byte)'x');
        Repeat(unit, text[over..]);
    }

    private static void Repeat(ReadOnlySpan<byte> unit, Span<byte> text)
    {
        if (unit.Length == 1)
        {
            text.Fill(unit[0]);
            return;
        }

        for (int i = 0; i < text.Length; i += unit.Length)
        {
            unit[..Math.Min(unit.Length, text.Length - i)].CopyTo(text[i..]);
        }
    }
}
