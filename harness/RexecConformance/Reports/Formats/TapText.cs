using System.Text;

namespace RexecConformance.Reports.Formats;

/// <summary>Text of unknown origin in TAP and in its YAML.</summary>
internal static class TapText
{
    /// <summary>A description or a reason: <c>#</c> would begin a directive.</summary>
    public static string Of(string text) =>
        PlainText.OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    /// <summary>A YAML scalar in double quotation marks.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in PlainText.OneLine(text))
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
