using System.Text.RegularExpressions;

namespace RexecConformance.Yaml;

/// <summary>Keeps passwords out of the source lines that errors show.</summary>
internal static partial class SecretLines
{
    /// <summary>The line of a file as it may be shown, stars in place of a password; null if it may not be shown at all.</summary>
    /// <param name="lines">All lines of the file.</param>
    /// <param name="line">The wanted one, from 0.</param>
    public static string? Showable(string[] lines, int line)
    {
        // Accounts and targets with accounts: a mistake in one of them may have put a password anywhere.
        bool scenario = lines.Any(one => SendKey().IsMatch(one));
        if (!scenario && lines.Any(one => AccountsKey().IsMatch(one) || PasswordKey().IsMatch(one)))
        {
            return null;
        }

        return Below(lines, line) ? null : PasswordKey().Replace(lines[line], Stars);
    }

    // A place such as ${good.password} is none: it is what a mistake is made in.
    private static string Stars(Match match) => match.Groups["value"].Value.Contains("${", StringComparison.Ordinal)
        ? match.Value
        : match.Groups["key"].Value + new string('*', match.Groups["value"].Length);

    // The value of a password may go on in the lines below its key.
    private static bool Below(string[] lines, int line)
    {
        int indent = Indent(lines[line]);
        for (int i = line - 1; i >= 0; i--)
        {
            if (lines[i].Trim().Length == 0 || Indent(lines[i]) >= indent)
            {
                continue;
            }

            if (OpenPassword().IsMatch(lines[i]))
            {
                return true;
            }

            indent = Indent(lines[i]);
        }

        return false;
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    [GeneratedRegex(@"^\s*send\s*:")]
    private static partial Regex SendKey();

    [GeneratedRegex(@"^\s*""?accounts""?\s*:")]
    private static partial Regex AccountsKey();

    [GeneratedRegex(@"(?<key>(?<![A-Za-z0-9_.-])[""']?passw(or)?d[""']?\s*:\s*)(?<value>""(\\.|[^""\\])*""?|'[^']*'?|[^\s,}].*?(?=\s*([,}]|$)))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PasswordKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.-])[""']?passw(or)?d[""']?\s*:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OpenPassword();
}
