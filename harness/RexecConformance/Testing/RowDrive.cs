using System.Collections.Concurrent;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Testing;

/// <summary>One run of rows that were asked for together: begun by the first, each is told as soon as its verdict is known.</summary>
internal sealed class RowDrive : IRunObserver
{
    private readonly RexecRowSet _rows;
    private readonly bool _showPasswords;
    private readonly Dictionary<string, TaskCompletionSource<VariantResult>> _results;
    private readonly ConcurrentDictionary<string, byte> _passwords = [];
    private int _told;

    public RowDrive(RexecRowSet rows, Task<ITarget> opening, RunOptions options, bool showPasswords, CancellationToken cancel)
    {
        _rows = rows;
        _showPasswords = showPasswords;
        _results = rows.Rows.ToDictionary(row => row.Name, _ => new TaskCompletionSource<VariantResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        Ended = Task.Run(() => RunAsync(opening, options, cancel), CancellationToken.None);
    }

    /// <summary>Completes when nothing is driven any more; never fails.</summary>
    public Task Ended { get; }

    /// <summary>Waits for a row's verdict.</summary>
    /// <inheritdoc cref="RexecServer.CheckAsync"/>
    public async Task CheckAsync(RexecRow row)
    {
        VariantResult result;
        try
        {
            result = await _results[row.Name].Task;
        }
        catch (RexecServerException e) when (Interlocked.Exchange(ref _told, 1) != 0)
        {
            throw new RexecSkippedException("not judged: " + e.Message);
        }

        if (result.Verdict == Verdict.Pass)
        {
            return;
        }

        ReportedRun run = new ResultMaker(_rows.Tree, Hiding).Of([new TargetResult(result.Target, result.Dialect, [result], null, 0, 0)], exitCode: 1);
        ReportedCase one = run.Cases.Single();
        throw one.IsRed
            ? new RexecFailedException(string.Join('\n', CaseText.Lines(one, run, colour: false)))
            : new RexecSkippedException($"{Words.Of(one.Verdict)}: {PlainText.OneLine(one.Reason)}");
    }

    void IRunObserver.Started(ITarget target, int variants)
    {
    }

    void IRunObserver.Finished(VariantResult result)
    {
        // Whether another row's failure is the cause is known at the end.
        if (result.Verdict != Verdict.Fail || result.Variant.Scenario.DependsOn.Count == 0)
        {
            _ = _results[result.Variant.Name].TrySetResult(result);
        }
    }

    private async Task RunAsync(Task<ITarget> opening, RunOptions options, CancellationToken cancel)
    {
        try
        {
            ITarget target = await opening;
            foreach (Account account in AccountFile.Default.Accounts.Concat(target.Accounts.Accounts))
            {
                _passwords[account.Password] = 0;
            }

            TargetResult run = await new Runner(options, this).RunAsync(target, _rows.Dialect, [.. _rows.Rows.Select(row => row.Variant)], cancel);
            foreach (VariantResult result in run.Results)
            {
                _ = _results[result.Variant.Name].TrySetResult(result);
            }

            Fail(new RexecServerException($"{target.Name}: {run.Failure ?? "not driven"}"));
        }
        catch (Exception e) when (e is TargetStartException or TargetSpecException or RexecDataException or AccountFileException or IOException)
        {
            Fail(new RexecServerException(e.Message));
        }
        catch (Exception e)
        {
            // The author's own start, or a fault of the suite: the trace is of use.
            Fail(new RexecServerException($"{e.GetType().Name}: {e.Message}", e));
        }
    }

    private void Fail(Exception why)
    {
        foreach (TaskCompletionSource<VariantResult> result in _results.Values)
        {
            if (result.TrySetException(why))
            {
                // Of rows that nobody asks for, nobody looks at it.
                _ = result.Task.Exception;
            }
        }
    }

    private SummaryOptions Hiding => new() { ShowPasswords = _showPasswords, Passwords = [.. _passwords.Keys] };
}
