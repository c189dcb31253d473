using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Html;

/// <summary>A link from the report to a file beside it.</summary>
internal static class HtmlLink
{
    /// <summary>
    /// The relative address, each part percent-encoded. It begins with a dot, so that no name of a file can be taken for
    /// another scheme. Empty where only a full path would lead there: another drive.
    /// </summary>
    public static string Of(RenderContext context, string path)
    {
        string relative = context.Relative(path);
        return Path.IsPathRooted(relative) || relative.Contains(":/", StringComparison.Ordinal)
            ? ""
            : "./" + string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));
    }
}
