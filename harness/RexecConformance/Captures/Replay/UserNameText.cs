namespace RexecConformance.Captures.Replay;

/// <summary>The captured user name in the command's output, where another was sent in its place.</summary>
internal static class UserNameText
{
    /// <summary>The bytes with each name that is a word of its own replaced.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> captured, ReadOnlySpan<byte> instead)
    {
        if (captured.IsEmpty)
        {
            return bytes.ToArray();
        }

        var result = new List<byte>(bytes.Length);
        for (int at = 0; at < bytes.Length;)
        {
            int end = at + captured.Length;
            bool word = bytes[at..].StartsWith(captured)
                && (at == 0 || !char.IsAsciiLetterOrDigit((char)bytes[at - 1]))
                && (end == bytes.Length || !char.IsAsciiLetterOrDigit((char)bytes[end]));
            result.AddRange(word ? instead : bytes.Slice(at, 1));
            at = word ? end : at + 1;
        }

        return [.. result];
    }
}
