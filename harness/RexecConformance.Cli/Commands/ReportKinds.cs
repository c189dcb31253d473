using System.CommandLine;
using RexecConformance.Reports.Formats;
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
        ["markdown"] = new MarkdownReport(),
        ["tap"] = new TapReport(),
        ["github"] = new GitHubReport(),
    };

    /// <summary>For messages: <c>json=FILE or junit=FILE</c>.</summary>
    public static string Expected { get; } = Names(All);

    /// <summary>The same of other kinds.</summary>
    public static string Names(IReadOnlyDictionary<string, IRunRenderer> kinds) =>
        string.Join(", ", kinds.Keys.SkipLast(1).Select(kind => kind + "=FILE")) + $" or {kinds.Keys.Last()}=FILE";

    /// <summary>The option <c>--report</c>.</summary>
    public static Option<string[]> Option() => new("--report")
    {
        Description = $"Also write the results to a file: {Expected}; - is standard output; may be repeated",
        HelpName = "KIND=FILE",
    };
}
