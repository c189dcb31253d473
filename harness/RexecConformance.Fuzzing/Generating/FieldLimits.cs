using System.Globalization;
using RexecConformance.Dialects;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>The lengths of a field, in bytes, at which some dialect begins to refuse; each list rises.</summary>
/// <param name="UserName">Longest user names.</param>
/// <param name="Password">Longest passwords.</param>
/// <param name="Command">Longest commands.</param>
public sealed record FieldLimits(IReadOnlyList<int> UserName, IReadOnlyList<int> Password, IReadOnlyList<int> Command)
{
    /// <summary>A longer field than this is never made, bytes: a request must stay small enough to be sent often.</summary>
    public const int Longest = (1 << 18) - 1;

    /// <summary>The numbers that dialects state (<c>username-limit</c>, <c>password-limit</c>, <c>command-limit</c>; <c>overlong-at</c> for the first two).</summary>
    /// <param name="dialects">In any order.</param>
    /// <param name="argumentList">What <c>argument-list</c> stands for, characters; null if it is not known.</param>
    public static FieldLimits Of(IEnumerable<Dialect> dialects, int? argumentList)
    {
        var all = dialects.ToList();
        return new FieldLimits(
            Numbers(all, ["username-limit", "overlong-at"], null),
            Numbers(all, ["password-limit", "overlong-at"], null),
            Numbers(all, ["command-limit"], argumentList));
    }

    private static IReadOnlyList<int> Numbers(List<Dialect> dialects, string[] properties, int? argumentList)
    {
        var numbers = new SortedSet<int>();
        foreach (Dialect dialect in dialects)
        {
            foreach (string property in properties)
            {
                if (dialect.Properties.TryGetValue(property, out DialectProperty? stated)
                    && (stated.Value == "argument-list" ? argumentList : Number(stated.Value)) is { } number and > 0 and <= Longest)
                {
                    numbers.Add(number);
                }
            }
        }

        return [.. numbers];
    }

    private static int? Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
