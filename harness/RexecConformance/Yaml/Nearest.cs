namespace RexecConformance.Yaml;

/// <summary>The known word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>A remark to add to a message: <c>; did you mean 'tags'?</c>, or nothing where no known word is near.</summary>
    public static string Remark(string text, IEnumerable<string> known) => Of(text, known) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>The nearest known word: one letter in three may be wrong, missing, too many or swapped with the next; null if none is so near.</summary>
    public static string? Of(string text, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(1, text.Length / 3) + 1;
        foreach (string word in known)
        {
            if (Math.Abs(word.Length - text.Length) < least && Distance(text.ToLowerInvariant(), word) is var distance && distance < least)
            {
                (best, least) = (word, distance);
            }
        }

        return best ?? (text.Length > 3 ? known.FirstOrDefault(word => word.StartsWith(text, StringComparison.Ordinal)) : null);
    }

    private static int Distance(string one, string other)
    {
        int[,] table = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int same = one[i - 1] == other[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }
}
