using System.Text;

namespace RexecConformance.Captures.Writing;

/// <summary>Text as pcapng options hold it: UTF-8, at most 65535 bytes, no NUL at its end.</summary>
internal static class OptionText
{
    /// <summary>Most bytes of an option.</summary>
    public const int Largest = ushort.MaxValue;

    private const string Cut = " [...]";

    /// <summary>The bytes of a text. Control characters but newline and tab become U+FFFD, as do halves of surrogate pairs; what is too long is cut, and says so.</summary>
    public static byte[] Encode(string text, int largest = Largest)
    {
        var clean = new StringBuilder(text.Length);
        int bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune kept = Rune.IsControl(rune) && rune.Value is not ('\n' or '\t') ? Rune.ReplacementChar : rune;
            bytes += kept.Utf8SequenceLength;
            _ = clean.Append(kept);
        }

        if (bytes <= largest)
        {
            return Encoding.UTF8.GetBytes(clean.ToString());
        }

        byte[] all = Encoding.UTF8.GetBytes(clean.ToString());
        int end = largest - Cut.Length;

        // Not in the middle of a character: its further bytes are 10xxxxxx.
        while (end > 0 && (all[end] & 0xc0) == 0x80)
        {
            end--;
        }

        return [.. all.AsSpan(0, end), .. Encoding.UTF8.GetBytes(Cut)];
    }
}
