using System.Globalization;
using System.Text;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;

namespace RexecConformance.Tests.Reports;

/// <summary>The command knows no cultures, but a test project that uses the library runs in that of its machine: what it reads is the same.</summary>
[Trait("needs", "nothing")]
public sealed class ForeignCultureTests
{
    [Fact]
    public void Reports_have_points_and_colons()
    {
        ReportedRun run = Made.Run(null, 1, Made.Target(null, Made.Driven(Made.Expect("\0out\n"), Made.Seen(Made.Bytes("\0oUt\n")))));
        Assert.Equal(Both(run), Foreign(() => Both(run)));
        Assert.Contains(" after 0.004 s", Foreign(() => Both(run)));
    }

    private static string Both(ReportedRun run)
    {
        var text = new StringWriter(new StringBuilder());
        SummaryReport.Write(text, run, new SummaryOptions());
        using var json = new MemoryStream();
        new ResultWriter().Write(json, run, new RenderContext(Path.GetTempPath()));
        return text + Encoding.UTF8.GetString(json.ToArray());
    }

    // Made by hand, since this process has no others.
    private static string Foreign(Func<string> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
