using RexecConformance.Accounts;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Comparing;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>compare</c>.</summary>
internal sealed record CompareSession
{
    private readonly HashSet<string> _passwords = [.. AccountFile.Default.Accounts.Select(account => account.Password)];

    public string? Scenarios { get; init; }

    public required ScenarioFilter Filter { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Result files instead of targets.</summary>
    public IReadOnlyList<string> Results { get; init; } = [];

    public string? Dialect { get; init; }

    public bool OnlyDifferent { get; init; }

    /// <summary>Any difference is red, whatever dialects predict, and so is what can't be compared: a baseline is checked.</summary>
    public bool Strict { get; init; }

    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>Folder for captures, or null.</summary>
    public string? Capture { get; init; }

    public RunOptions Options { get; init; } = new();

    /// <summary>The part of the variants that is driven, as given, or null for all.</summary>
    public string? Shard { get; init; }

    /// <summary>Compares; see <see cref="ExitCodes"/>.</summary>
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
            return Results.Count > 0 ? await Task.Run(() => CompareFiles(variants), cancel).WaitAsync(cancel) : await CompareTargetsAsync(tree, variants, slowLeftOut, cancel);
        }
        catch (Exception e) when (e is TargetSpecException or ReportException or FormatException or InvalidDataException)
        {
            return Said.Wrong(e);
        }
        catch (TargetStartException e)
        {
            return Said.Line(e.Message, ExitCodes.Target);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private int CompareFiles(IReadOnlyList<Variant> variants)
    {
        if (Targets.Count > 0 || Reports.Count > 0 || Capture is not null || Shard is not null)
        {
            return Said.Line("--results goes without targets, reports, captures and shards", ExitCodes.Usage);
        }

        var columns = Results.SelectMany(file => ResultReader.Read(file).Targets.Select(t =>
            (Name: $"{Path.GetFileName(file)} {t.Target}", Cells: t.ByName().ToDictionary(one => one.Key, one => ComparedCell.Of(one.Value))))).ToList();
        return columns.Count < 2
            ? Said.Line("the files hold the results of fewer than two targets", ExitCodes.Usage)
            : Finish([.. columns.Select(c => c.Name)], [.. columns.Select(c => c.Cells)], variants, null, Console.Out);
    }

    private async Task<int> CompareTargetsAsync(ScenarioTree tree, IReadOnlyList<Variant> variants, int slowLeftOut, CancellationToken cancel)
    {
        if (Targets.Count < 2)
        {
            return Said.Line("compare needs two targets or more: --targets A,B", ExitCodes.Usage);
        }

        ShardedScenarios? shard = ShardOption.Of(Shard, tree);
        using RunOutputs outputs = RunOutputs.Open(Capture, Reports);
        var plan = new List<PlannedTarget>();
        foreach (string text in Targets)
        {
            plan.AddRange(await PlanAsync(text, tree, variants, cancel));
        }

        IReadOnlyList<TargetResult> results = await new TargetDrive(tree, variants, Options with { Shard = shard }).RunAsync(
            plan,
            (target, result) =>
            {
                lock (_passwords)
                {
                    _passwords.UnionWith(target.Accounts.Accounts.Select(account => account.Password));
                }

                return result;
            },
            cancel);
        List<TargetResult> failed = [.. results.Where(r => r.Failure is not null)];
        failed.ForEach(r => Console.Error.WriteLine($"rexec-conformance: {r.Target}: {r.Failure}"));
        TextWriter output = outputs.Reports.UsesStandardOutput ? Console.Error : Console.Out;
        Interruption.Note = $"nothing is compared; the reports hold {results.Sum(r => r.Results.Count)} results";
        int exitCode = cancel.IsCancellationRequested ? ExitCodes.Interrupted
            : failed.Count > 0 ? ExitCodes.Target
            : Finish(
                [.. results.Select(r => r.Target)],
                [.. results.Select(r => r.Results.ToDictionary(one => one.Variant.Name, ComparedCell.Of))],
                shard.Mine(variants),
                shard,
                output);
        outputs.Write(tree, new SummaryOptions { Passwords = _passwords }, variants, shard, results, exitCode, cancel);
        if (slowLeftOut > 0)
        {
            output.WriteLine($"{slowLeftOut} slow variants left out (--slow runs them)");
        }

        return outputs.Reports.EndWith(exitCode);
    }

    private int Finish(IReadOnlyList<string> names, IReadOnlyList<Dictionary<string, ComparedCell>> columns, IReadOnlyList<Variant> variants, ShardedScenarios? shard, TextWriter output)
    {
        List<ComparedRow> rows = [.. variants.Select(v => new ComparedRow(v.Name, [.. columns.Select(c => c.GetValueOrDefault(v.Name))]))];
        if (!Strict && rows.All(row => row.Cells.Count(cell => cell is { Driven: true }) < 2))
        {
            if (shard is not null)
            {
                ShardOption.SayNothing(shard.Shard, variants.Count == 0);
                return ExitCodes.Green;
            }

            return Said.Line("nothing to compare: no variant was driven on two targets", ExitCodes.NothingMatched);
        }

        ComparisonReport.Write(BuildLog.Of(output), names, rows, OnlyDifferent, new SummaryOptions { Passwords = _passwords, Colour = Terminal.Colour(output) });
        if (Strict)
        {
            List<ComparedRow> alone = [.. rows.Where(row => row.Cells[0] is { Driven: true } != row.Cells[1] is { Driven: true })];
            alone.ForEach(row => output.WriteLine($"only on {(row.Cells[0] is { Driven: true } ? names[0] : names[1])}: {row.Name}"));
            return rows.Any(row => row.Differs) || alone.Count > 0 ? ExitCodes.Red : ExitCodes.Green;
        }

        return rows.Any(row => row.Unpredicted(names) is not null) ? ExitCodes.Red : ExitCodes.Green;
    }

    private async Task<IReadOnlyList<PlannedTarget>> PlanAsync(string text, ScenarioTree tree, IReadOnlyList<Variant> variants, CancellationToken cancel)
    {
        TargetSpec spec = TargetSpec.Parse(text);
        bool hasOwn = spec.Kind is not ("tcp" or "inetd");
        if (hasOwn || Dialect is not null)
        {
            return TargetOpener.Plan([text], hasOwn ? null : Dialect, tree);
        }

        string fits = await BestDialectAsync(new PlannedTarget(spec, "bsd44"), tree, variants, cancel);
        return TargetOpener.Plan([text], fits, tree);
    }

    /// <summary>The dialect that most of what a target answers to whole requests fits.</summary>
    private async Task<string> BestDialectAsync(PlannedTarget planned, ScenarioTree tree, IReadOnlyList<Variant> variants, CancellationToken cancel)
    {
        await using ITarget target = await TargetOpener.OpenAsync(planned, tree.Fixtures, cancel);
        if (!target.IsLoopback)
        {
            throw new TargetSpecException($"target '{planned.Spec.Text}' is not on loopback, where finding its dialect costs wrong passwords: say it with --dialect");
        }

        await using LiveProgress progress = LiveProgress.Start();
        List<Variant> whole = [.. variants.Where(v => v.Fragmentation is WholeFragmentation && !v.Scenario.Tags.Contains("slow"))];
        TargetResult result = await new Runner(Options, progress).RunAsync(target, tree.Dialects[planned.Dialect], whole, cancel);
        cancel.ThrowIfCancellationRequested();
        if (result.Failure is { } failure)
        {
            throw new TargetStartException($"{planned.Spec.Text}: {failure}");
        }

        DialectGuess? best = DialectGuess.Of(result, target, tree).FirstOrDefault();
        string chosen = best?.Dialect ?? planned.Dialect;
        Console.Error.WriteLine($"rexec-conformance: {planned.Spec.Text} is judged as {chosen}, which fits best{(best is null ? "" : $": {best.Differences} differences in {best.Judged} variants")}");
        return chosen;
    }
}
