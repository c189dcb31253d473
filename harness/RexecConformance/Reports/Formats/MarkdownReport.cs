using RexecConformance.Reports.Results;
using RexecConformance.Running;

namespace RexecConformance.Reports.Formats;

/// <summary>A summary for the page of a CI job: the targets by verdict, then each red case, folded.</summary>
public sealed class MarkdownReport : IRunRenderer
{
    private readonly int _most;

    /// <summary>A page as large as GitHub takes it.</summary>
    public MarkdownReport()
        : this(MarkdownPage.GitHub)
    {
    }

    internal MarkdownReport(int most) => _most = most;

    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        var page = new MarkdownPage(_most);
        page.Add($"## rexec conformance: {RunSentences.Outcome(run)}", "", MarkdownText.Code(RunSentences.Origin(run)), "");
        Targets(page, run);
        List<ReportedCase> red = [.. run.Cases.Where(one => one.IsRed)];
        if (red.Count > 0)
        {
            page.Add("", $"### {Words.Count(red.Count, "red case")}");
            int left = page.AddWhatFits([.. red.Select(one => Case(one, run))]);
            if (left > 0)
            {
                page.Add("", $"{Words.Count(left, "red case")} more: there is no room on this page, which is kept below {_most} bytes. The JSON result has them all.");
            }
        }

        page.WriteTo(output);
    }

    private static void Targets(MarkdownPage page, ReportedRun run)
    {
        page.Add(
            $"| target | judged as | {string.Join(" | ", Words.Verdicts.Select(Words.Of))} | fits better |",
            $"|---|---|{string.Concat(Words.Verdicts.Select(_ => "--:|"))}---|");
        int left = page.AddWhatFits([.. run.Targets.Select(target => Row(target))]);
        if (left > 0)
        {
            page.Add("", $"{Words.Count(left, "target")} more: there is no room on this page.");
        }

        List<IEnumerable<string>> failures = [.. run.Targets.Where(target => target.Failure is not null).Select(target => (IEnumerable<string>)
            ["", $"**Not judged to the end**: {MarkdownText.Code(target.Name)}: {MarkdownText.Code(target.Failure!)}"])];
        _ = page.AddWhatFits(failures);
    }

    private static IEnumerable<string> Row(ReportedTarget target) =>
    [
        $"| {MarkdownText.Cell(target.Target)} | {MarkdownText.Cell(target.Dialect)} | "
        + $"{string.Join(" | ", Words.Verdicts.Select(verdict => Number(target.Count(verdict))))} | "
        + $"{(target.Guesses.Count == 0 ? "" : MarkdownText.Cell(DialectGuess.Line(target.Guesses)))} |",
    ];

    private static IEnumerable<string> Case(ReportedCase one, ReportedRun run) =>
    [
        "",
        $"<details><summary>{Words.Of(one.Verdict)} {MarkdownText.Html(one.Name)} on {MarkdownText.Html($"{one.Target} as {one.Dialect}")}: {MarkdownText.Html(one.Title)}</summary>",
        "",
        .. MarkdownText.Block(CaseText.Lines(one, run, colour: false)),
        "",
        "</details>",
    ];

    // Zeros are many, and what is not zero is to be seen.
    private static string Number(int count) => count == 0 ? "" : $"{count}";
}
