using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Reports.Results.Changes;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>report NEW --against OLD</c>: what changed between two results, and whether that passes a gate.</summary>
internal static class ChangesSession
{
    /// <summary>Says what changed.</summary>
    /// <param name="newer">The file of the newer result.</param>
    /// <param name="older">The file of the older one.</param>
    /// <param name="gate">What ends with exit code 1.</param>
    /// <param name="wanted">Reports, each KIND=FILE.</param>
    /// <exception cref="FormatException">A file is no result.</exception>
    /// <exception cref="InvalidDataException">The two can't be compared.</exception>
    /// <exception cref="ReportException">A report can't be written.</exception>
    public static int Run(string newer, string older, ChangesGate gate, IReadOnlyList<string> wanted)
    {
        ReportedRun now = ResultReader.Read(newer);
        RunChanges changes = Changes(newer, older, now);
        int exitCode = gate.Stops(changes) ? ExitCodes.Red : ExitCodes.Green;
        var kinds = new Dictionary<string, IRunRenderer>
        {
            ["markdown"] = new Renderer(output => ChangesMarkdown.Write(output, changes)),
            ["json"] = new Renderer(output => ChangesJson.Write(output, changes, exitCode)),
        };
        using ReportSet reports = ReportSet.Open(wanted, kinds);
        reports.Complete(now);
        TextWriter output = reports.UsesStandardOutput ? Console.Error : Console.Out;
        ChangesText.Write(BuildLog.Of(output), changes, FuzzSession.Colour(output));
        return reports.EndWith(exitCode);
    }

    private static RunChanges Changes(string newer, string older, ReportedRun now)
    {
        try
        {
            return RunChanges.Of(ResultReader.Read(older), now);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{newer} and {older}: {e.Message}");
        }
    }

    private sealed class Renderer(Action<Stream> write) : IRunRenderer
    {
        public void Write(Stream output, ReportedRun run, RenderContext context) => write(output);
    }
}
