namespace RexecConformance.Fuzzing.Oracles;

/// <summary>What a server sent, in a word or two: known texts by name, all else by its form, so that the bytes of one case do not make a kind of their own.</summary>
public sealed class ReplyShape(Vocabulary vocabulary)
{
    /// <summary>The form of all bytes of a stream: <c>nothing</c>, <c>status</c>, <c>status+output</c>, <c>login-incorrect</c>, <c>diagnostic</c>, <c>output</c>...</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "nothing";
        }

        if (bytes[0] == 0)
        {
            return bytes.Length == 1 ? "status" : bytes[1] == 0 ? "status+nul" : "status+" + Of(bytes[1..]);
        }

        if (vocabulary.Name(bytes) is { } name)
        {
            return name;
        }

        int line = bytes.IndexOf((byte)'\n');
        bool more = line >= 0 && line + 1 < bytes.Length;
        if (more && vocabulary.Name(bytes[..(line + 1)]) is { } first)
        {
            return first + "+more";
        }

        return bytes[0] != 1 ? "output" : line < 0 ? "diagnostic-without-newline" : more ? "diagnostic+more" : "diagnostic";
    }

    /// <summary>How two byte strings of the same form differ.</summary>
    public static string Relation(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> seen) =>
        expected.StartsWith(seen) ? "cut-short" : seen.StartsWith(expected) ? "longer" : expected.Length == seen.Length ? "changed" : "other";
}
