using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Html;

/// <summary>
/// The results as one page that opens offline: a matrix of scenario variants by targets, and a view of each case. The results
/// are compressed data in the page, and only its script, which makes no markup of them, turns them into text.
/// </summary>
public sealed class HtmlReport : IRunRenderer
{
    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context) =>
        HtmlPage.Write(output, HtmlSummary.Title(run), HtmlSummary.Of(run), HtmlData.Of(run, context));
}
