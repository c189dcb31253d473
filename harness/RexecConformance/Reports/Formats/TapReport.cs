using System.Text;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Formats;

/// <summary>
/// The results as TAP 14 (Test Anything Protocol): one test for each variant and target, with the case in YAML below
/// what is red. An expected failure is a <c>TODO</c>, what was not judged a <c>SKIP</c>.
/// </summary>
public sealed class TapReport : IRunRenderer
{
    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("TAP version 14");
        int tests = run.Targets.Sum(target => target.Cases.Count + (target.Failure is null ? 0 : 1));
        text.WriteLine(tests == 0 ? "1..0 # SKIP no variant was driven" : $"1..{tests}");
        text.WriteLine($"# {RunSentences.Origin(run)}");
        int number = 0;
        foreach (ReportedTarget target in run.Targets)
        {
            foreach (ReportedCase one in target.Cases)
            {
                Case(text, ++number, one, run);
            }

            if (target.Failure is { } failure)
            {
                text.WriteLine($"not ok {++number} - {TapText.Of(target.Name)}: judged to the end");
                text.WriteLine("  ---");
                text.WriteLine($"  message: {TapText.Quoted(failure)}");
                text.WriteLine("  ...");
            }
        }

        text.WriteLine($"# {RunSentences.Outcome(run)}");
    }

    private static void Case(StreamWriter text, int number, ReportedCase one, ReportedRun run)
    {
        string ok = one.IsRed || one.Verdict == Verdict.Xfail ? "not ok" : "ok";
        string directive = one.Verdict switch
        {
            Verdict.Xfail => $" # TODO {TapText.Of(RunSentences.Why(one))}",
            _ when RunSentences.IsSkipped(one) => $" # SKIP {TapText.Of(RunSentences.Why(one))}",
            _ => "",
        };
        text.WriteLine($"{ok} {number} - {TapText.Of($"{one.Target} as {one.Dialect}: {one.Name}")}{directive}");
        if (!one.IsRed)
        {
            return;
        }

        text.WriteLine("  ---");
        text.WriteLine($"  severity: {Words.Of(one.Verdict)}");
        text.WriteLine($"  title: {TapText.Quoted(one.Title)}");
        text.WriteLine($"  message: {TapText.Quoted(string.Join("; ", CaseText.Findings(one)))}");
        text.WriteLine($"  reproduce: {TapText.Quoted(one.Reproduce)}");

        // The first line of a case is never indented, so that it says where the text begins; Perl's reader knows no figure for that.
        text.WriteLine("  text: |");
        foreach (string line in CaseText.Lines(one, run, colour: false))
        {
            text.WriteLine(("    " + PlainText.OneLine(line)).TrimEnd());
        }

        text.WriteLine("  ...");
    }
}
