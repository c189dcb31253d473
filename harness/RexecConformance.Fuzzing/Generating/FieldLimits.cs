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

    // Some manuals state a megabyte or two for a command.
    private const int LongestWalked = 1 << 21;

    // MAX_ARG_STRLEN less the NUL (facts 3.9).
    private const int LinuxArgument = 131_071;

    /// <summary>The numbers that dialects state (<c>username-limit</c>, <c>password-limit</c>, <c>command-limit</c>; <c>overlong-at</c> for the first two).</summary>
    /// <param name="dialects">In any order.</param>
    /// <param name="argumentList">What <c>argument-list</c> stands for, characters; null if it is not known.</param>
    public static FieldLimits Of(IEnumerable<Dialect> dialects, int? argumentList) => Of(dialects, argumentList, Longest);

    /// <summary>The limits of the targets' own dialects. Where a command has none, the longest argument that Linux takes is one.</summary>
    /// <param name="dialects">In any order.</param>
    public static FieldLimits OwnOf(IEnumerable<Dialect> dialects)
    {
        var own = dialects.ToList();
        FieldLimits limits = Of(own, LinuxArgument, LongestWalked);
        bool unlimited = own.Any(dialect => dialect.Properties.TryGetValue("command-limit", out DialectProperty? stated) && stated.Value == "unlimited");
        return unlimited && !limits.Command.Contains(LinuxArgument) ? limits with { Command = [.. limits.Command.Append(LinuxArgument).Order()] } : limits;
    }

    private static FieldLimits Of(IEnumerable<Dialect> dialects, int? argumentList, int longest)
    {
        var all = dialects.ToList();
        return new FieldLimits(
            Numbers(all, ["username-limit", "overlong-at"], null, longest),
            Numbers(all, ["password-limit", "overlong-at"], null, longest),
            Numbers(all, ["command-limit"], argumentList, longest));
    }

    private static IReadOnlyList<int> Numbers(List<Dialect> dialects, string[] properties, int? argumentList, int longest)
    {
        var numbers = new SortedSet<int>();
        foreach (Dialect dialect in dialects)
        {
            foreach (string property in properties)
            {
                if (dialect.Properties.TryGetValue(property, out DialectProperty? stated)
                    && (stated.Value == "argument-list" ? argumentList : Number(stated.Value)) is { } number and > 0 && number <= longest)
                {
                    numbers.Add(number);
                }
            }
        }

        return [.. numbers];
    }

    private static int? Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
