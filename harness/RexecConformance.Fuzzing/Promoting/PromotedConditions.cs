using System.Globalization;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>
/// Says for which dialects an alternative is: by the property that decides, if there is one that fits the replies and
/// tells the groups apart; else by the dialects' names.
/// </summary>
internal static class PromotedConditions
{
    private static readonly Dictionary<string, string[]> s_deciding = new()
    {
        ["username-too-long"] = ["username-limit", "overlong-at"],
        ["password-too-long"] = ["password-limit", "overlong-at"],
        ["command-too-long"] = ["command-limit"],
        ["no-home"] = ["home-check"],
        ["root-refused"] = ["root-login"],
        ["empty-password"] = ["empty-password"],
        ["account-expired"] = ["expiry-check"],
        ["password-expired"] = ["expiry-check"],
        ["aux-refused"] = ["aux-connect"],
        ["aux-port-privileged"] = ["aux-privileged-port"],
        ["eof-in-port"] = ["eof-in-field"],
        ["eof-in-username"] = ["eof-in-field"],
        ["eof-in-password"] = ["eof-in-field"],
        ["eof-in-command"] = ["eof-in-field"],
        ["bad-password"] = ["login-check"],
    };

    /// <summary>The alternatives with their conditions.</summary>
    public static IReadOnlyList<Alternative> Of(IReadOnlyList<(Alternative Said, Needed[] For)> groups, IReadOnlyDictionary<string, Dialect> dialects)
    {
        IEnumerable<string> properties = groups.SelectMany(group => group.For).Select(one => one.Reply).Distinct()
            .SelectMany(reply => s_deciding.GetValueOrDefault(reply) ?? []).Distinct();
        return properties.Select(property => By(property, groups, dialects)).FirstOrDefault(said => said is not null)
            ??
            [
                .. groups.Select(group => group.Said with
                {
                    When = [new Condition(Condition.DialectName, "=", [.. group.For.Select(one => one.Dialect.Name)])],
                }),
            ];
    }

    // Null unless every dialect that states the property is in a group, and no value is in two.
    private static IReadOnlyList<Alternative>? By(
        string property, IReadOnlyList<(Alternative Said, Needed[] For)> groups, IReadOnlyDictionary<string, Dialect> dialects)
    {
        if (groups.Count < 2)
        {
            return null;
        }

        var said = new List<Alternative>();
        var used = new HashSet<string>();
        int told = 0;
        foreach ((Alternative alternative, Needed[] members) in groups)
        {
            List<string?> values = [.. members.Select(one => one.Dialect.Properties.GetValueOrDefault(property)?.Value).Distinct()];
            if (values.Any(value => value is null || !used.Add(value)))
            {
                return null;
            }

            told += members.Length;
            said.Add(alternative with { When = [new Condition(property, "=", [.. values.Select(value => value!).OrderBy(Number).ThenBy(value => value, StringComparer.Ordinal)])] });
        }

        int states = dialects.Values.Count(dialect => dialect.Properties.ContainsKey(property));
        return states != told ? null : Thresholds(said);
    }

    // Numbers of two groups that lie apart are a comparison.
    private static List<Alternative> Thresholds(List<Alternative> said)
    {
        if (said is not [var first, var second] || first.When[0].Values.Concat(second.When[0].Values).Any(value => Number(value) < 0))
        {
            return said;
        }

        (Alternative low, Alternative high) = Number(first.When[0].Values[0]) < Number(second.When[0].Values[0]) ? (first, second) : (second, first);
        long from = high.When[0].Values.Min(Number);
        if (low.When[0].Values.Max(Number) >= from || from == long.MaxValue)
        {
            return said;
        }

        string border = from.ToString(CultureInfo.InvariantCulture);
        string property = low.When[0].Property;
        return [low with { When = [new Condition(property, "<", [border])] }, high with { When = [new Condition(property, ">=", [border])] }];
    }

    private static long Number(string value) => value == "unlimited" ? long.MaxValue
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
}
