namespace RexecConformance.Fuzzing.Oracles;

/// <summary>Mistakes that are the same whatever the server answers, so that one mistake is one find and not one for each reply.</summary>
internal static class ShortBy
{
    /// <summary>The status byte, or the end of a diagnostic, is all that is missing: what it is called; else null.</summary>
    /// <param name="expected">All that should have come.</param>
    /// <param name="seen">What came. Nothing at all may have any reason.</param>
    public static string? Of(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> seen) =>
        seen.IsEmpty || expected.Length != seen.Length + 1 ? null
        : expected[0] == 0 && expected[1..].SequenceEqual(seen) ? "without-status"
        : expected[0] == 1 && expected[^1] == '\n' && expected[..^1].SequenceEqual(seen) ? "without-terminator"
        : null;

    /// <summary>Whether a reply says no, or waits: where a connection is missing, it is made too late for all of these.</summary>
    /// <param name="reply">The reply that is demanded.</param>
    public static bool IsRefusal(string reply) => reply != "accepted" && !reply.StartsWith("aux-", StringComparison.Ordinal);
}
