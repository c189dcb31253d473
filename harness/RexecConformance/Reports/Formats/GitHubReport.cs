using System.Text;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Formats;

/// <summary>
/// Red cases as annotations of GitHub Actions, for the output of a step (<c>github=-</c>). GitHub shows ten errors of a
/// step: these, and a warning that says how many more there are.
/// </summary>
public sealed class GitHubReport : IRunRenderer
{
    /// <summary>Most errors of a step that are shown.</summary>
    public const int Most = 10;

    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        List<string> errors =
        [
            .. run.Targets.Where(target => target.Failure is not null).Select(target => Command(
                "error", null, $"{target.Name} was not judged to the end", [target.Failure!])),
            .. run.Cases.Where(one => one.IsRed).Select(Error),
        ];
        errors.Take(Most).ToList().ForEach(text.WriteLine);
        if (errors.Count > Most)
        {
            text.WriteLine(Command(
                "warning", null, $"{errors.Count - Most} more errors", [$"{RunSentences.Outcome(run)}; GitHub shows {Most} errors of a step. The other reports have them all."]));
        }
    }

    private static string Error(ReportedCase one) => Command(
        "error",
        one.File,
        $"{one.Name} on {one.Target} as {one.Dialect}",
        [one.Title, .. CaseText.Findings(one), $"again: {one.Reproduce}"]);

    private static string Command(string kind, string? file, string title, IEnumerable<string> lines) =>
        $"::{kind} title={Property(title)}{(file is null ? "" : $",file={Property(file)}")}::{Data(lines)}";

    private static string Data(IEnumerable<string> lines) => string.Join("%0A", lines.Select(line => Percent(PlainText.OneLine(line))));

    private static string Property(string text) => Percent(PlainText.OneLine(text))
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);

    // Line ends are gone by then.
    private static string Percent(string text) => text.Replace("%", "%25", StringComparison.Ordinal);
}
