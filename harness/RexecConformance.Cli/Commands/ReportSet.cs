using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>The reports of a run: opened before anything runs, so that a path that can't be written is found at once.</summary>
internal sealed class ReportSet : IDisposable
{
    private readonly SummaryOptions _options;
    private readonly HashSet<string> _files = [];
    private readonly List<JsonReport> _json = [];
    private readonly List<JUnitReport> _junit = [];

    private ReportSet(SummaryOptions options) => _options = options;

    /// <summary>True if a report goes to standard output, so that nothing else may.</summary>
    public bool UsesStandardOutput { get; private set; }

    /// <summary>Opens reports.</summary>
    /// <param name="wanted">Texts KIND=FILE.</param>
    /// <param name="tree">For the texts of failures.</param>
    /// <param name="options">How these are written.</param>
    /// <exception cref="ReportException">One can't be written, or is no KIND=FILE.</exception>
    public static ReportSet Open(IReadOnlyList<string> wanted, ScenarioTree tree, SummaryOptions options)
    {
        var set = new ReportSet(options);
        try
        {
            foreach (string text in wanted)
            {
                int equals = text.IndexOf('=', StringComparison.Ordinal);
                string file = equals < 0 ? "" : text[(equals + 1)..];
                if (file.Length > 0 && !set._files.Add(file == "-" ? file : Path.GetFullPath(file)))
                {
                    throw new ReportException(file == "-"
                        ? "--report: only one report can go to standard output"
                        : $"--report: two reports go to the file '{file}'");
                }

                switch (equals < 0 || file.Length == 0 ? "" : text[..equals])
                {
                    case "json":
                        set._json.Add(JsonReport.Open(file));
                        break;
                    case "junit":
                        set._junit.Add(JUnitReport.Open(file, tree, options));
                        break;
                    default:
                        throw new ReportException($"--report is '{text}', expected json=FILE or junit=FILE (- is standard output)");
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

    /// <summary>Writes the beginning.</summary>
    public void Start(IEnumerable<(string Target, string Dialect)> targets, int variants) =>
        _json.ForEach(report => report.Start(targets, variants));

    /// <summary>Adds a target's results.</summary>
    public void Add(TargetResult result)
    {
        TargetResult shown = _options.ShowPasswords ? result : RedactedResult.Of(result, _options.Passwords);
        _json.ForEach(report => report.Add(shown));
        _junit.ForEach(report => report.Add(result));
    }

    /// <summary>Writes the end and puts the files in their places.</summary>
    public void Complete(int exitCode)
    {
        _json.ForEach(report => report.Complete(exitCode));
        _junit.ForEach(report => report.Complete());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.ForEach(report => report.Dispose());
        _junit.ForEach(report => report.Dispose());
    }
}
