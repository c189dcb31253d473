using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>Whether bytes are what was expected, as <see cref="ExpectedContent.Matches"/> says it, for a hundred thousand cases a second.</summary>
internal static class ContentMatch
{
    // Patterns come from dialect files: a handful. Should they ever be made of a case, the rest is matched the slow way.
    private const int MostPatterns = 500;
    private static readonly ConcurrentDictionary<string, Regex> s_patterns = new(StringComparer.Ordinal);

    public static bool Matches(ExpectedContent content, byte[] bytes)
    {
        IReadOnlyList<ContentPart> parts = content.Parts;
        int pattern = -1;
        int before = 0;
        int after = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Bytes is { } literal)
            {
                _ = pattern < 0 ? before += literal.Length : after += literal.Length;
            }
            else if (pattern >= 0)
            {
                return content.Matches(bytes);
            }
            else
            {
                pattern = i;
            }
        }

        if (pattern < 0 ? bytes.Length != before : bytes.Length < before + after)
        {
            return false;
        }

        int at = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Bytes is not { } literal)
            {
                at = bytes.Length - after;
            }
            else if (!bytes.AsSpan(at, literal.Length).SequenceEqual(literal))
            {
                return false;
            }
            else
            {
                at += literal.Length;
            }
        }

        return pattern < 0 || IsMatch(parts[pattern].Pattern!, content, bytes, before, after);
    }

    private static bool IsMatch(string text, ExpectedContent content, byte[] bytes, int before, int after)
    {
        if (!s_patterns.TryGetValue(text, out Regex? regex))
        {
            if (s_patterns.Count >= MostPatterns)
            {
                return content.Matches(bytes);
            }

            regex = s_patterns.GetOrAdd(text, static t => new Regex($@"\A(?:{t})\z", RegexOptions.Singleline, TimeSpan.FromSeconds(2)));
        }

        return regex.IsMatch(ByteText.Latin1.GetString(bytes, before, bytes.Length - before - after));
    }
}
