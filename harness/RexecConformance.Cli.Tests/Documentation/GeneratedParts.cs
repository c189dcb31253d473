using System.Text.RegularExpressions;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Reports;
using RexecConformance.Requirements;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>
/// The parts of pages that are written from the suite's data: from a line <c>&lt;!-- generated: KIND NAMES --&gt;</c> to the next
/// <c>&lt;!-- end of generated --&gt;</c>.
/// </summary>
internal static partial class GeneratedParts
{
    private const string End = "<!-- end of generated -->";

    [GeneratedRegex(@"<!-- generated: (\S+)([^>]*?) -->\n.*?" + End, RegexOptions.Singleline)]
    private static partial Regex Part { get; }

    /// <summary>The page with its parts as they must be.</summary>
    /// <exception cref="FormatException">A part is of no kind, or has no end.</exception>
    public static string Written(string text)
    {
        string written = Part.Replace(text, match =>
            $"<!-- generated: {match.Groups[1].Value}{match.Groups[2].Value} -->\n\n{Content(match.Groups[1].Value, match.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim()}\n\n{End}");
        int begun = text.Split("<!-- generated: ").Length - 1;
        return begun == Part.Count(text) ? written : throw new FormatException($"a generated part has no line {End}");
    }

    private static string Content(string kind, string[] names)
    {
        var output = new StringWriter { NewLine = "\n" };
        switch (kind)
        {
            case "dialects":
                IReadOnlyList<string> meant = DialectGroups.Names(names);
                string[] unknown = [.. names.Where(name => DialectGroups.Names([name]).Count == 0)];
                if (unknown.Length > 0)
                {
                    throw new FormatException($"no property and no diagnostic is named {string.Join(", ", unknown)}");
                }

                DialectGroups.Write(output, Suite.Tree.Dialects.Values, meant);
                break;
            case "not-tested":
                NotTested(output);
                break;
            default:
                throw new FormatException($"there is no generated part '{kind}'");
        }

        return output.ToString();
    }

    private static void NotTested(StringWriter output)
    {
        output.WriteLine("| requirement | says | not tested, because |");
        output.WriteLine("| --- | --- | --- |");
        foreach (Requirement requirement in Suite.Tree.Requirements.Values.Where(r => r.NotTested is not null).OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            output.WriteLine($"| `{requirement.Id}` | {Cell(requirement.Says)} | {Cell(requirement.NotTested!)} |");
        }

        foreach (Requirement requirement in Suite.Tree.Requirements.Values.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            foreach ((string system, string reason) in requirement.NotTestedFor.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                output.WriteLine($"| `{requirement.Id}`, for {system} | {Cell(requirement.Says)} | {Cell(reason)} |");
            }
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
