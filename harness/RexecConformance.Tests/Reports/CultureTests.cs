using System.Globalization;
using System.Text;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports;

/// <summary>Reports are the same in a program of somebody whose machine writes numbers and times in another way.</summary>
public class CultureTests
{
    [Fact]
    public void Numbers_and_times_are_the_same_everywhere()
    {
        ReportedRun run = Made.Run(new SummaryOptions { Passwords = [Made.Password] }, 1, Made.Target(null, Made.Driven(Made.Expect("\0out\n"), Made.Seen([1], StreamEnd.Rst))));
        (string json, string text) = Written(run);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NegativeSign = "\u2212";
        other.DateTimeFormat.TimeSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal((json, text), Written(run));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Matches(@"[0-9]\.[0-9]{3} s", text);
    }

    private static (string Json, string Text) Written(ReportedRun run)
    {
        using var output = new MemoryStream();
        new ResultWriter().Write(output, run, new RenderContext(Path.GetTempPath()));
        return (Encoding.UTF8.GetString(output.ToArray()), string.Join("\n", CaseText.Lines(run.Cases.Single(), run, colour: false)));
    }
}
