using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Safety;

/// <summary>Requests of which a server may see only a beginning.</summary>
/// <remarks>
/// A dialect that ignores the end in a field (facts/dialects.md 3.12) runs what is in its buffer then: the beginning of one field, with
/// the rest of an older one behind it. A reset may cut the request at any byte. So such a request has only texts of which every beginning,
/// and every mixture of one's beginning with another's rest, does nothing: a test makes all of them.
/// </remarks>
internal static class CutRequests
{
    private static readonly string[] s_plain = ["true", "echo out", "pwd", "id -un", "exit 7"];

    private static readonly HashSet<string> s_words = new(
        AccountFile.Default.Accounts.SelectMany(account => new[] { account.Name, account.Password })
            .Where(word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit)),
        StringComparer.Ordinal);

    /// <summary>The commands that such a request may have.</summary>
    public static IReadOnlyList<string> Plain => s_plain;

    /// <summary>The names and passwords that it may have: those of the suite's own accounts that are a word each.</summary>
    public static IReadOnlyCollection<string> Words => s_words;

    /// <summary>Whether a field may have this text.</summary>
    public static bool Fits(ReadOnlySpan<byte> field, bool asCommand)
    {
        if (HarmlessText.IsNumber(field))
        {
            return true;
        }

        if (field.Contains((byte)'\n') || !HarmlessText.TryWithoutComment(field, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        return HarmlessText.IsNumber(text)
            || (text.Length <= 256 && (Contains(s_plain, text) || (!asCommand && text.Length == field.Length && s_words.Contains(ByteText.Latin1.GetString(text)))));
    }

    private static bool Contains(string[] texts, ReadOnlySpan<byte> text)
    {
        foreach (string one in texts)
        {
            if (one.Length == text.Length && text.SequenceEqual(ByteText.Latin1.GetBytes(one)))
            {
                return true;
            }
        }

        return false;
    }
}
