using RexecConformance.Reports;
using RexecConformance.Reports.Html;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Commands;

/// <summary>The kinds of reports that <c>--report KIND=FILE</c> writes.</summary>
internal static class ReportKinds
{
    /// <summary>By name, in the order in which they are listed.</summary>
    public static IReadOnlyDictionary<string, IRunRenderer> All { get; } = new Dictionary<string, IRunRenderer>
    {
        ["json"] = new ResultWriter(),
        ["junit"] = new JUnitReport(),
        ["html"] = new HtmlReport(),
    };

    /// <summary>For messages: <c>json=FILE or junit=FILE</c>.</summary>
    public static string Expected { get; } = string.Join(", ", All.Keys.SkipLast(1).Select(kind => kind + "=FILE")) + $" or {All.Keys.Last()}=FILE";
}
