using RexecConformance.Captures.Writing;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>What a run leaves in files: captures, and the reports that link to them. Opened before anything is driven.</summary>
internal sealed class RunOutputs : IDisposable
{
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow;
    private readonly string? _folder;
    private readonly CaptureFolder? _captures;

    private RunOutputs(string? folder, IReadOnlyList<string> reports)
    {
        _folder = folder;
        _captures = CaptureOption.Open(folder);
        Reports = ReportSet.Open(reports);
    }

    /// <summary>The reports.</summary>
    public ReportSet Reports { get; }

    /// <summary>Opens both.</summary>
    /// <param name="capture">The folder for captures, or null.</param>
    /// <param name="reports">Texts KIND=FILE.</param>
    /// <exception cref="ReportException">One can't be written, or is no KIND=FILE.</exception>
    public static RunOutputs Open(string? capture, IReadOnlyList<string> reports) => new(capture, reports);

    /// <summary>Writes all.</summary>
    /// <param name="tree">Scenarios and requirements.</param>
    /// <param name="hiding">Which passwords are hidden in reports.</param>
    /// <param name="variants">All variants that the filter let through.</param>
    /// <param name="shard">Which of them were this process's own, or null for all.</param>
    /// <param name="results">What came.</param>
    /// <param name="exitCode">What the verb ends with.</param>
    /// <param name="cancel">After an interrupt as many captures are written as there is time for.</param>
    /// <exception cref="ReportException">A capture can't be written.</exception>
    public void Write(
        ScenarioTree tree, SummaryOptions hiding, IReadOnlyList<Variant> variants, ShardedScenarios? shard,
        IReadOnlyList<TargetResult> results, int exitCode, CancellationToken cancel)
    {
        var maker = new ResultMaker(tree, hiding, ReportedBytes.MostKept)
        {
            Time = _began,
            Variants = variants,
            Shard = shard?.Shard.ToString(),
            Capture = result => _captures?.PathOf(result),
        };
        try
        {
            // First, since reports link to them.
            CaptureOption.Write(_captures, _folder, results, cancel);
        }
        finally
        {
            Reports.Complete(maker.Of(results, exitCode));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reports.Dispose();
}
