using RexecConformance.Captures.Writing;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Commands;

/// <summary>The exchanges of finds as packets: <c>--capture DIR</c>.</summary>
internal static class FuzzCaptures
{
    /// <summary>Writes the smallest case of each find, on each target over sockets, and says how many.</summary>
    /// <exception cref="Reports.ReportException">One can't be written.</exception>
    public static void Write(CaptureFolder? folder, string? path, FuzzResult result)
    {
        if (folder is null)
        {
            return;
        }

        int without = 0;
        foreach (FuzzFind find in result.Finds)
        {
            bool any = false;
            foreach (FindSide side in find.Sides.Where(side => side.Transcript is not null))
            {
                any |= folder.Write(Exchange(find, side, side.Transcript!));
            }

            without += any ? 0 : 1;
        }

        string missing = without == 0 ? "" : $"; {without} finds have none: in memory, or of an earlier run";
        Console.Error.WriteLine($"rexec-conformance: {folder.Count} captures in {path}, with passwords as they were sent{missing}");
    }

    private static VariantResult Exchange(FuzzFind find, FindSide side, Transcript transcript)
    {
        var nothing = new ExpectedStream { Check = false, Content = ExpectedContent.Nothing, End = EndRule.Closed };
        var expected = new ExpectedExchange(nothing, nothing, []);
        return new VariantResult
        {
            Target = side.Target,
            Dialect = side.Dialect,
            Variant = new Variant(
                new Scenario { Id = find.Kind, Title = find.Title, File = "", Level = Level.Info, Send = find.Smallest.Send, Fragments = [find.Smallest.Fragments], Aux = find.Smallest.Aux, Expect = [], Requires = [], Tags = [], DependsOn = [], Needs = [] },
                find.Smallest.Fragments),
            Verdict = Verdict.Fail,
            Reason = $"{find.Title}; {side.Dialect} demands: {side.Prediction}",
            Transcript = transcript,
            Exchanges = [new JudgedExchange(expected, transcript)],
        };
    }
}
