namespace RexecConformance.Fuzzing.Oracles;

/// <summary>What a server sent, in a word or two: known texts by name, all else by its form, so that the bytes of one case do not make a kind of their own.</summary>
public sealed class ReplyShape(Vocabulary vocabulary)
{
    /// <summary>The form of all bytes of a stream: <c>nothing</c>, <c>status</c>, <c>status+text</c>, <c>login-incorrect</c>, <c>diagnostic</c>, <c>text</c>, <c>bytes</c>...</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "nothing";
        }

        if (bytes[0] == 0)
        {
            return bytes.Length == 1 ? "status" : "status+" + Of(bytes[1..] is [0, ..] ? bytes[1..2] : bytes[1..]);
        }

        if (vocabulary.Name(bytes) is { } name)
        {
            return name;
        }

        int line = bytes.IndexOf((byte)'\n');
        if (line >= 0 && line + 1 < bytes.Length && vocabulary.Name(bytes[..(line + 1)]) is { } first)
        {
            return first + "+more";
        }

        return bytes[0] == 1 ? line < 0 ? "diagnostic-without-newline" : line + 1 < bytes.Length ? "diagnostic+more" : "diagnostic"
            : bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e) && !IsText(bytes) ? "bytes"
            : bytes[^1] == '\n' ? "lines" : "text";
    }

    /// <summary>How two byte strings of the same form differ.</summary>
    public static string Relation(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> seen) =>
        expected.StartsWith(seen) ? "cut-short" : seen.StartsWith(expected) ? "longer" : expected.Length == seen.Length ? "changed" : "other";

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is < 0x20 or > 0x7e && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }
}
