using System.Globalization;
using System.Net;
using System.Text;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Running;

namespace RexecConformance.Reports.Html;

/// <summary>What the page says before its script runs, and without it: the run, and the counts of each target.</summary>
internal static class HtmlSummary
{
    /// <summary>The page's title.</summary>
    public static string Title(ReportedRun run)
    {
        int red = run.Cases.Count(one => one.IsRed);
        int failures = run.Targets.Count(target => target.Failure is not null);
        return $"{(red > 0 || failures > 0 ? $"{red} red" : "nothing red")} of {Words.Count(run.Cases.Count(), "result")}: rexec conformance";
    }

    /// <summary>The markup.</summary>
    public static string Of(ReportedRun run)
    {
        int red = run.Cases.Count(one => one.IsRed);
        int failures = run.Targets.Count(target => target.Failure is not null);
        Verdict[] verdicts = [.. Words.Verdicts.Where(verdict => verdict is Verdict.Pass or Verdict.Fail || run.Cases.Any(one => one.Verdict == verdict))];
        var page = new StringBuilder();
        string unfinished = failures == 0 ? "" : $"; {Words.Count(failures, "target")} not judged to the end";
        _ = page.Append(CultureInfo.InvariantCulture,
            $"<p class=\"outcome {(red > 0 || failures > 0 ? "bad" : "good")}\">{(red > 0 || failures > 0 ? $"{red} red" : "Nothing red")} in {Words.Count(run.Cases.Count(), "result")}{unfinished}</p>\n<ul class=\"facts\">\n");
        foreach ((string name, string value) in Facts(run))
        {
            _ = page.Append(CultureInfo.InvariantCulture, $"<li>{name} <b>{Encode(value)}</b></li>\n");
        }

        string tall = run.Targets.Count > 10 ? " tall" : "";
        _ = page.Append(CultureInfo.InvariantCulture, $"</ul>\n<div class=\"scroll{tall}\" role=\"region\" aria-label=\"Counts of each target\" tabindex=\"0\">\n<table class=\"counts\">\n<thead><tr><th scope=\"col\">target</th><th scope=\"col\">judged as</th>");
        foreach (Verdict verdict in verdicts)
        {
            _ = page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" class=\"number\">{Words.Of(verdict)}</th>");
        }

        _ = page.Append("</tr></thead>\n<tbody>\n");
        foreach (ReportedTarget target in run.Targets)
        {
            Row(page, target, verdicts);
        }

        return page.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportedRun run)
    {
        yield return ("suite", run.Suite);
        yield return ("begun", run.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        yield return ("variants", $"{run.Variants}");
        if (run.Shard is { } shard)
        {
            yield return ("shard", shard);
        }

        yield return ("exit code", $"{run.ExitCode}");
        if (run.ShowsPasswords)
        {
            yield return ("passwords", "shown");
        }
    }

    private static void Row(StringBuilder page, ReportedTarget target, Verdict[] verdicts)
    {
        _ = page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(target.Target)}</th><td>{Encode(target.Dialect)}</td>");
        foreach (Verdict verdict in verdicts)
        {
            int count = target.Count(verdict);
            string name = Words.Of(verdict);

            // Where the script runs the link filters the matrix.
            string link = $"#v={name}&t={Uri.EscapeDataString(Plain(target.Name))}";
            _ = count == 0
                ? page.Append("<td class=\"number none\">0</td>")
                : page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\"><a class=\"v-{name}\" href=\"{WebUtility.HtmlEncode(link)}\" aria-label=\"{count} {name}, {Encode(target.Name)}\">{count}</a></td>");
        }

        _ = page.Append("</tr>\n");
        string[] notes = [.. Notes(target)];
        if (notes.Length > 0)
        {
            _ = page.Append(CultureInfo.InvariantCulture, $"<tr class=\"note\"><td colspan=\"{verdicts.Length + 2}\">{string.Join("<br>", notes)}</td></tr>\n");
        }
    }

    private static IEnumerable<string> Notes(ReportedTarget target)
    {
        if (target.Failure is { } failure)
        {
            yield return $"<strong>not judged to the end:</strong> {Encode(failure)}";
        }

        if (target.Guesses.Count > 0)
        {
            yield return Encode(DialectGuess.Line(target.Guesses));
        }
    }

    /// <summary>As the script shows and compares it; the link of a count names it so.</summary>
    internal static string Plain(string text) => PlainText.OneLine(text);

    private static string Encode(string text) => WebUtility.HtmlEncode(Plain(text));
}
