using RexecConformance.Accounts;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>run</c>, from its options to its exit code.</summary>
internal sealed record RunSession
{
    public string? Scenarios { get; init; }

    public required ScenarioFilter Filter { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    public string? Dialect { get; init; }

    public string? DialectFile { get; init; }

    public required IReadOnlyList<string> Reports { get; init; }

    /// <summary>Folder for captures, or null.</summary>
    public string? Capture { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>The part of the variants that is driven, as given, or null for all.</summary>
    public string? Shard { get; init; }

    public bool DryRun { get; init; }

    public bool Verbose { get; init; }

    public bool ShowPasswords { get; init; }

    // Filled as targets are opened: the reports that hide them are written later.
    private readonly HashSet<string> _passwords = [.. AccountFile.Default.Accounts.Select(account => account.Password)];

    /// <summary>Runs everything; wrong usage is found before anything is started.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (ScenarioFolder.Load(Scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        (IReadOnlyList<Variant> variants, int slowLeftOut) = Filter.Apply(tree.Scenarios);
        if (variants.Count == 0)
        {
            return Said.Line("no scenario matches the filter", ExitCodes.NothingMatched);
        }

        try
        {
            ShardedScenarios? shard = ShardOption.Of(Shard, tree);
            IReadOnlyList<PlannedTarget> plan = TargetOpener.WithDialectFile(TargetOpener.Plan(Targets, Dialect, tree), DialectFile);
            if (DryRun)
            {
                DescribePlan(plan, shard.Mine(variants));
                return ExitCodes.Green;
            }

            using RunOutputs outputs = RunOutputs.Open(Capture, Reports);
            IReadOnlyList<TargetResult> results = await DriveAsync(plan, tree, variants, shard, cancel);
            int exitCode = ExitCode(results, shard, cancel.IsCancellationRequested);
            Interruption.Note = $"{results.Sum(r => r.Results.Count)} of {shard.Mine(variants).Count * plan.Count} variants have a verdict: the summary and the reports hold these";
            outputs.Write(tree, Hiding, variants, shard, results, exitCode, cancel);

            // Where nothing could be judged there are no results, only an error.
            bool judged = results.Any(r => r.Results.Count > 0);
            if (judged || results.Any(r => r.Failure is not null))
            {
                WriteSummary(tree, results, exitCode, outputs.Reports.UsesStandardOutput || !judged ? Console.Error : Console.Out, judged ? slowLeftOut : 0);
            }

            if (shard is not null && exitCode == ExitCodes.Green && results.All(r => r.Results.All(one => one.Transcript is null)))
            {
                ShardOption.SayNothing(shard.Shard, !judged);
            }

            return outputs.Reports.EndWith(exitCode == ExitCodes.NothingMatched
                ? Said.Line("nothing was driven: all variants are unsupported or unspecified (--verbose says why)", exitCode)
                : exitCode);
        }
        catch (Exception e) when (e is TargetSpecException or ReportException)
        {
            return Said.Wrong(e);
        }
    }

    private async Task<IReadOnlyList<TargetResult>> DriveAsync(
        IReadOnlyList<PlannedTarget> plan, ScenarioTree tree, IReadOnlyList<Variant> variants, ShardedScenarios? shard, CancellationToken cancel)
    {
        var drive = new TargetDrive(tree, variants, Options with { Shard = shard });
        return await drive.RunAsync(plan, (target, result) =>
        {
            lock (_passwords)
            {
                _passwords.UnionWith(target.Accounts.Accounts.Select(account => account.Password));
            }

            return result with
            {
                Guesses = DialectGuess.Of(result, target, tree),
                Fits = shard is null ? [] : DialectGuess.All(result, target, tree),
            };
        }, cancel);
    }

    private SummaryOptions Hiding => new() { Passwords = _passwords, ShowPasswords = ShowPasswords };

    private void WriteSummary(ScenarioTree tree, IReadOnlyList<TargetResult> results, int exitCode, TextWriter output, int slowLeftOut)
    {
        SummaryOptions options = Hiding with
        {
            Colour = Terminal.Colour(output),
            ShowUnspecified = Verbose,
        };
        SummaryReport.Write(BuildLog.Of(output), new ResultMaker(tree, options).Of(results, exitCode), options);
        if (slowLeftOut > 0)
        {
            output.WriteLine($"{slowLeftOut} slow variants left out (--slow runs them)");
        }
    }

    private void DescribePlan(IReadOnlyList<PlannedTarget> plan, IReadOnlyList<Variant> variants)
    {
        int bad = variants.Count(v => BadLogins.Sends(v.Scenario));
        foreach (PlannedTarget planned in plan)
        {
            Console.WriteLine(
                $"{planned.Spec.Text} as {planned.Dialect}: {variants.Count} variants, as many connections, {bad} of them with a wrong password "
                + $"for an existing account (off loopback at most {Options.MaxBadLogins}, and {Options.Rate} connections a minute)");
        }
    }

    // What a shard lacks the others may have: whether anything was driven is told by merge.
    private static int ExitCode(IReadOnlyList<TargetResult> results, ShardedScenarios? shard, bool interrupted) =>
        interrupted ? ExitCodes.Interrupted
        : results.Any(r => r.Failure is not null) ? ExitCodes.Target
        : results.Any(r => r.Count(Verdict.Fail) + r.Count(Verdict.Xpass) > 0) ? ExitCodes.Red
        : results.Any(r => r.Count(Verdict.Error) > 0) ? ExitCodes.OwnFault
        : shard is null && results.All(r => r.Results.All(one => one.Transcript is null)) ? ExitCodes.NothingMatched
        : ExitCodes.Green;
}
