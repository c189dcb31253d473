using System.Net;

namespace RexecConformance.Reports.Formats;

/// <summary>
/// Text of unknown origin in Markdown, where it stays text: in code, in which no site makes links, mentions or mark-up
/// of anything.
/// </summary>
internal static class MarkdownText
{
    /// <summary>Within a line.</summary>
    public static string Code(string text)
    {
        string line = PlainText.OneLine(text);
        string fence = new('`', LongestRun(line) + 1);

        // One space on each side is taken away again; without it a grave accent at the border would be part of the fence.
        string pad = line.Length == 0 || line[0] is '`' or ' ' || line[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{line}{pad}{fence}";
    }

    /// <summary>Within a cell of a table, where a bar ends the cell even in code.</summary>
    public static string Cell(string text) => Code(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Within a line of HTML.</summary>
    public static string Html(string text) => $"<code>{WebUtility.HtmlEncode(PlainText.OneLine(text))}</code>";

    /// <summary>Lines as they are, none of which can end the block.</summary>
    public static IEnumerable<string> Block(IEnumerable<string> lines)
    {
        List<string> safe = [.. lines.Select(PlainText.OneLine)];
        string fence = new('`', Math.Max(3, safe.Select(LongestRun).DefaultIfEmpty().Max() + 1));
        return [fence + "text", .. safe, fence];
    }

    private static int LongestRun(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
