using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Safety;

/// <summary>Which texts no shell can do harm with.</summary>
/// <remarks>
/// The fixed list: the texts of the operations of a scenario (<see cref="Shell"/>), with blanks around them and a comment of plain
/// characters behind; nothing at all; a number alone, which names no program. Several lines, each of these, are harmless too.
/// </remarks>
internal sealed class HarmlessText
{
    /// <summary>The longest number that is taken for one, digits.</summary>
    private const int LongestNumber = 32;

    private readonly HashSet<string> _texts;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public HarmlessText(params IEnumerable<Shell> shells)
    {
        _texts = new HashSet<string>(shells.SelectMany(shell => shell.Texts.Values), StringComparer.Ordinal);
        _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The suite's own shells.</summary>
    public static HarmlessText OfSuite { get; } = new(Shell.Sh, Shell.Cmd);

    /// <summary>Whether a shell may be given this, as its command or its input.</summary>
    public bool Fits(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int end = text.IndexOf((byte)'\n');
            if (!FitsLine(end < 0 ? text : text[..end]))
            {
                return false;
            }

            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>A number, or nothing.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) =>
        text.Length <= LongestNumber && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    /// <summary>What stands before a comment, without blanks; false if the comment has characters that a shell might act on.</summary>
    public static bool TryWithoutComment(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        text = line.Trim(" \t"u8);
        int sign = text.IndexOf((byte)'#');
        if (sign < 0)
        {
            return true;
        }

        // A sign within a word begins no comment.
        bool begins = sign == 0 || text[sign - 1] is (byte)' ' or (byte)'\t';
        foreach (byte b in text[(sign + 1)..])
        {
            begins &= b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || b is (byte)' ' or (byte)'.' or (byte)',' or (byte)'_' or (byte)'-' or (byte)'#';
        }

        text = text[..sign].Trim(" \t"u8);
        return begins;
    }

    private bool FitsLine(ReadOnlySpan<byte> line)
    {
        if (IsNumber(line))
        {
            return true;
        }

        if (!TryWithoutComment(line, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        if (IsNumber(text))
        {
            return true;
        }

        const int Longest = 256;
        Span<char> chars = stackalloc char[Longest];
        return text.Length <= Longest && _lookup.Contains(chars[..ByteText.Latin1.GetChars(text, chars)]);
    }
}
