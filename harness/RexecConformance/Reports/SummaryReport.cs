using System.Globalization;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Running;

namespace RexecConformance.Reports;

/// <summary>The results as text for people.</summary>
public static class SummaryReport
{
    private const int LineWidth = 110;

    /// <summary>Writes counts for each target, then each red case.</summary>
    public static void Write(TextWriter output, ReportedRun run, SummaryOptions options)
    {
        var paint = new Paint(options.Colour);
        foreach (ReportedTarget target in run.Targets)
        {
            if (target is { Cases.Count: 0, Failure: { } failure })
            {
                // Nothing was judged: the reason is all there is to say.
                output.WriteLine(paint.Red(PlainText.OneLine($"target {target.Target}: {failure}")));
                continue;
            }

            WriteTarget(output, target, options, paint);
        }

        List<ReportedCase> red = [.. run.Cases.Where(one => one.IsRed)];
        ReportedCase? before = null;
        foreach (ReportedCase one in red)
        {
            output.WriteLine();
            foreach (string line in CaseText.Lines(one, run, options.Colour, before))
            {
                output.WriteLine(line);
            }

            before = one;
        }

        int failures = run.Targets.Count(target => target.Failure is not null);
        int all = run.Cases.Count();
        string incomplete = failures == 0 ? "" : $"; {Words.Count(failures, "target")} not judged to the end";
        if (all == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(red.Count == 0 && failures == 0
            ? paint.Green($"nothing red in {Words.Count(all, "variant")}")
            : paint.Red($"{red.Count} red of {Words.Count(all, "variant")}{incomplete}"));
    }

    private static void WriteTarget(TextWriter output, ReportedTarget target, SummaryOptions options, Paint paint)
    {
        string counts = string.Join(", ", Words.Verdicts.Select(verdict => Coloured(verdict, target.Count(verdict), paint)));
        output.WriteLine($"{PlainText.OneLine(target.Target)} as {PlainText.OneLine(target.Dialect)}: {counts}");
        if (target.Timeless > 0)
        {
            double each = target.TimelessMilliseconds / target.Timeless;
            output.WriteLine(paint.Dim(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Words.Count(target.Timeless, "variant")} without waiting in {target.TimelessMilliseconds:0} ms: {each:0.00} ms each")));
        }

        if (target.Guesses.Count > 0)
        {
            output.WriteLine(paint.Yellow(PlainText.OneLine($"  {DialectGuess.Line(target.Guesses)}")));
        }

        if (options.ShowUnspecified)
        {
            foreach (Verdict verdict in new[] { Verdict.Unspecified, Verdict.Unsupported, Verdict.Blocked, Verdict.Xfail })
            {
                WriteReasons(output, target, verdict);
            }
        }

        if (target.Failure is { } failure)
        {
            output.WriteLine(paint.Red(PlainText.OneLine($"target {target.Target}: {failure}")));
        }
    }

    private static string Coloured(Verdict verdict, int count, Paint paint)
    {
        string text = $"{count} {Words.Of(verdict)}";
        return count == 0 ? text : verdict switch
        {
            Verdict.Pass => paint.Green(text),
            Verdict.Fail or Verdict.Xpass or Verdict.Error => paint.Red(text),
            _ => paint.Yellow(text),
        };
    }

    private static void WriteReasons(TextWriter output, ReportedTarget target, Verdict verdict)
    {
        foreach (IGrouping<string, ReportedCase> reason in target.Cases.Where(r => r.Verdict == verdict).GroupBy(r => r.Reason))
        {
            output.WriteLine(PlainText.OneLine($"  {Words.Of(verdict)}, {reason.Key}: {reason.Count()}"));
            string line = "   ";
            foreach (string id in reason.GroupBy(r => r.Id).Select(group => Compact(target, [.. group])))
            {
                if (line.Length + id.Length >= LineWidth && line.Trim().Length > 0)
                {
                    output.WriteLine(line);
                    line = "   ";
                }

                line += " " + id;
            }

            output.WriteLine(line);
        }
    }

    /// <summary>The bare id if all variants of the scenario are meant, else the variants behind it.</summary>
    private static string Compact(ReportedTarget target, IReadOnlyList<ReportedCase> cases) => PlainText.OneLine(
        cases.Count == target.Cases.Count(one => one.Id == cases[0].Id)
            ? cases[0].Id
            : cases[0].Id + string.Concat(cases.Select(one => "#" + one.Segmentation)));
}
