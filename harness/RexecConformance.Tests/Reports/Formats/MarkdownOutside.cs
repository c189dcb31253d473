using System.Text;
using System.Text.RegularExpressions;

namespace RexecConformance.Tests.Reports.Formats;

/// <summary>What of a Markdown text is not code, by CommonMark's rules for fences and spans: all in which a site finds mark-up, links and mentions.</summary>
internal static partial class MarkdownOutside
{
    public static string Of(string markdown)
    {
        var outside = new StringBuilder();
        string? fence = null;
        foreach (string line in markdown.Split('\n'))
        {
            if (fence is not null)
            {
                fence = Closing().Match(line) is { Success: true } closing && closing.Groups[1].Length >= fence.Length ? null : fence;
                continue;
            }

            if (Opening().Match(line) is { Success: true } opening)
            {
                fence = opening.Groups[1].Value;
                continue;
            }

            _ = outside.AppendLine(line.StartsWith("<details>", StringComparison.Ordinal) ? HtmlCode().Replace(line, "CODE") : WithoutSpans(line));
        }

        Assert.Null(fence);
        return outside.ToString();
    }

    // A span ends at the next run of as many grave accents; a run without a partner is text. A bar in a table ends a cell
    // before spans are looked for, unless a backslash stands before it.
    private static string WithoutSpans(string line)
    {
        IEnumerable<string> cells = line.StartsWith('|') ? Bar().Split(line) : [line];
        return string.Join('|', cells.Select(cell => Span().Replace(cell, "CODE")));
    }

    [GeneratedRegex("^ {0,3}(`{3,})[^`]*$")]
    private static partial Regex Opening();

    [GeneratedRegex("^ {0,3}(`{3,}) *$")]
    private static partial Regex Closing();

    [GeneratedRegex("<code>[^<>]*</code>")]
    private static partial Regex HtmlCode();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("(?<!`)(`+)(?!`)(.*?)(?<!`)\\1(?!`)")]
    private static partial Regex Span();
}
