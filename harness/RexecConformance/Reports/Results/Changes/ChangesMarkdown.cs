using RexecConformance.Reports.Formats;

namespace RexecConformance.Reports.Results.Changes;

/// <summary>Changes as Markdown, for the page of a CI job or a pull request.</summary>
public static class ChangesMarkdown
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream output, RunChanges changes)
    {
        var page = new MarkdownPage();
        page.Add(
            $"## rexec conformance: {ChangesText.Sentence(changes)}",
            "",
            $"- old: {MarkdownText.Code(RunSentences.Origin(changes.Old))}, {RunSentences.Outcome(changes.Old)}",
            $"- new: {MarkdownText.Code(RunSentences.Origin(changes.New))}, {RunSentences.Outcome(changes.New)}",
            "",
            "| target | |",
            "|---|---|");
        _ = page.AddWhatFits([.. changes.Pairs.Select(pair => (IEnumerable<string>)
            [$"| {MarkdownText.Cell(pair.Name)} | {ChangesText.Counts(changes, pair)}{(pair.NewFailure is { } failure ? $"; not judged to the end: {MarkdownText.Cell(failure)}" : "")} |"])]);
        int left = 0;
        foreach (IGrouping<ChangeKind, VariantChange> kind in changes.Changes.GroupBy(change => change.Kind))
        {
            List<VariantChange> ofKind = [.. kind];
            left += page.TryAdd(["", $"### {ChangesText.Heading(kind.Key)}: {ofKind.Count}"])
                ? page.AddWhatFits([.. ofKind.Select(Change)])
                : ofKind.Count;
        }

        if (left > 0)
        {
            page.Add("", $"{Words.Count(left, "change")} more: there is no room on this page. The JSON report has them all.");
        }

        page.WriteTo(output);
    }

    private static IEnumerable<string> Change(VariantChange change)
    {
        List<string> details = [.. ChangesText.Details(change, colour: false)];
        return details.Count == 0
            ? ["", $"- {MarkdownText.Code(ChangesText.Line(change))} on {MarkdownText.Code(change.Pair.Name)}"]
            :
            [
                "",
                $"<details><summary>{MarkdownText.Html(ChangesText.Line(change))} on {MarkdownText.Html(change.Pair.Name)}</summary>",
                "",
                .. MarkdownText.Block(details),
                "",
                "</details>",
            ];
    }
}
