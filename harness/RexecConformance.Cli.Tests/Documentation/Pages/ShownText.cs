using System.Text.RegularExpressions;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>
/// Compares what a page shows with what a command printed. A line <c>...</c> is a gap, and at the end of a line it stands for its rest.
/// Times, free ports and the count of what passed in how long are chance and are not compared.
/// </summary>
internal static partial class ShownText
{
    [GeneratedRegex(@"\d+\.\d+(?= s\b)|\d+(?:\.\d+)?(?= ms\b)|(?<=127\.0\.0\.1:)\d+|(?<=\bport )\d{4,5}\b|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?UTC|Z)?)?")]
    private static partial Regex Chance { get; }

    /// <summary>What is shown and did not come, or null.</summary>
    public static string? Missing(IReadOnlyList<string> shown, string output)
    {
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(Masked)];
        int at = 0;
        var run = new List<string>();
        foreach (string line in shown.Append("..."))
        {
            if (line.Trim() != "...")
            {
                run.Add(Masked(line));
                continue;
            }

            if (run.Count > 0)
            {
                int found = Find(lines, run, at);
                if (found < 0)
                {
                    return string.Join('\n', run);
                }

                at = found + run.Count;
                run.Clear();
            }
        }

        return null;
    }

    /// <summary>Whether a text is in the output, chance apart.</summary>
    public static bool Has(string output, string text) => Masked(output).Contains(Masked(text), StringComparison.Ordinal);

    private static string Masked(string text) => Chance.Replace(text, "#").TrimEnd();

    private static int Find(string[] lines, List<string> run, int from)
    {
        for (int at = from; at + run.Count <= lines.Length; at++)
        {
            int start = at;
            if (run.Select((line, i) => Fits(lines[start + i], line)).All(fits => fits))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool Fits(string line, string shown) =>
        line == shown || (shown.EndsWith("...", StringComparison.Ordinal) && line.StartsWith(shown[..^3].TrimEnd(), StringComparison.Ordinal));
}
