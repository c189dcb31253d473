using RexecConformance.Reports;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Commands;

/// <summary>The reports that a person asked for: opened before anything runs, so that a path that can't be written is found at once.</summary>
internal sealed class ReportSet : IDisposable
{
    private readonly List<(IRunRenderer Renderer, ReportFile File, RenderContext Context)> _reports = [];

    private readonly List<string> _failures = [];

    private ReportSet()
    {
    }

    /// <summary>True if a report goes to standard output, so that nothing else may.</summary>
    public bool UsesStandardOutput { get; private set; }

    /// <summary>True if there is none.</summary>
    public bool IsEmpty => _reports.Count == 0;

    /// <summary>Opens reports.</summary>
    /// <param name="wanted">Texts KIND=FILE.</param>
    /// <param name="kinds">The kinds that there are; null is all of a run.</param>
    /// <exception cref="ReportException">One can't be written, or is no KIND=FILE.</exception>
    public static ReportSet Open(IReadOnlyList<string> wanted, IReadOnlyDictionary<string, IRunRenderer>? kinds = null)
    {
        kinds ??= ReportKinds.All;
        var set = new ReportSet();
        var files = new HashSet<string>();
        try
        {
            foreach (string text in wanted)
            {
                int equals = text.IndexOf('=', StringComparison.Ordinal);
                string file = equals < 0 ? "" : text[(equals + 1)..];
                if (file.Length == 0 || !kinds.TryGetValue(text[..equals], out IRunRenderer? renderer))
                {
                    throw new ReportException(PlainText.OneLine($"--report is '{text}', expected {ReportKinds.Names(kinds)} (- is standard output)"));
                }

                var opened = ReportFile.Open(file);
                set._reports.Add((renderer, opened, RenderContext.For(file)));
                if (!files.Add(opened.Place ?? file))
                {
                    throw new ReportException(file == "-"
                        ? "--report: only one report can go to standard output"
                        : $"--report: two reports go to the file '{file}'");
                }

                set.UsesStandardOutput |= file == "-";
            }

            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes all and puts the files in their places. One that can't be written keeps nobody from the others, nor from the summary:
    /// <see cref="EndWith"/> tells it.
    /// </summary>
    public void Complete(ReportedRun run)
    {
        foreach ((IRunRenderer renderer, ReportFile file, RenderContext context) in _reports)
        {
            try
            {
                renderer.Write(file.Stream, run, context);
                file.Complete();
            }
            catch (ReportException e)
            {
                _failures.Add(e.Message);
            }
        }
    }

    /// <summary>Says which reports could not be written.</summary>
    /// <returns>The exit code: the given one, if all could be.</returns>
    public int EndWith(int exitCode)
    {
        _failures.ForEach(failure => _ = Said.Line(failure, ExitCodes.Usage));
        return _failures.Count == 0 ? exitCode : ExitCodes.Usage;
    }

    /// <inheritdoc/>
    public void Dispose() => _reports.ForEach(report => report.File.Dispose());
}
