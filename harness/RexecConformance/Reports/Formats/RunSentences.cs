using System.Globalization;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Formats;

/// <summary>What several formats say of a whole run, in plain text.</summary>
internal static class RunSentences
{
    /// <summary>For example <c>2 red of 1226 variants, 1 target not judged to the end</c>.</summary>
    public static string Outcome(ReportedRun run)
    {
        int all = run.Targets.Sum(target => target.Cases.Count);
        int red = run.Targets.Sum(target => target.Cases.Count(one => one.IsRed));
        int broken = run.Targets.Count(target => target.Failure is not null);
        return (red == 0 ? $"nothing red in {Words.Count(all, "variant")}" : $"{red} red of {Words.Count(all, "variant")}")
            + (broken == 0 ? "" : $", {Words.Count(broken, "target")} not judged to the end");
    }

    /// <summary>For example <c>suite 0.1.0, 2026-11-21 17:00:00 UTC, shard 2/4 alone</c>.</summary>
    public static string Origin(ReportedRun run) =>
        $"suite {PlainText.OneLine(run.Suite)}, {run.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
        + (run.Shard is { } shard ? $", shard {PlainText.OneLine(shard)} alone" : "");

    /// <summary>The verdict of a case that is not red and no pass, with its reason: <c>unsupported: no IPv6</c>.</summary>
    public static string Why(ReportedCase result) => $"{Words.Of(result.Verdict)}: {result.Reason}";

    /// <summary>True where a case was not driven, or what came is no matter.</summary>
    public static bool IsSkipped(ReportedCase result) =>
        result.Verdict is Verdict.Xfail or Verdict.Blocked or Verdict.Unsupported or Verdict.Unspecified;
}
