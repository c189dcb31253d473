using RexecConformance.Baselines;
using RexecConformance.Cli.Targets;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>baseline record</c> or <c>baseline check</c>.</summary>
internal sealed class BaselineSession(string? scenarios)
{
    /// <summary>Drives everything on a target and writes the baseline.</summary>
    public async Task<int> RecordAsync(IReadOnlyList<string> targets, string name, string? dialect, CancellationToken cancel)
    {
        if (ScenarioFolder.Load(scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        string folder = BaselineFolder.Find();
        if (BaselineFolder.PathOf(folder, name) is not { } path)
        {
            return Said.Line($"--name is '{name}', expected letters, digits, '-', '_' and '.'", ExitCodes.Usage);
        }

        try
        {
            IReadOnlyList<PlannedTarget> plan = TargetOpener.Plan(targets, dialect, tree);
            if (plan.Count != 1 || plan[0].Spec.Kind == "recorded")
            {
                return Said.Line("baseline record takes one target that can be driven", ExitCodes.Usage);
            }

            Baseline? baseline = null;
            List<Variant> variants = [.. tree.Scenarios.SelectMany(Variant.Of)];
            IReadOnlyList<TargetResult> results = await new TargetDrive(tree, variants, new RunOptions()).RunAsync(
                plan,
                (target, result) =>
                {
                    baseline = Baseline.Of(name, target, result, Provenance(target));
                    return result;
                },
                cancel);
            if (cancel.IsCancellationRequested)
            {
                Interruption.Note = "no baseline is written";
                return ExitCodes.Interrupted;
            }

            if (baseline is null || results[0].Failure is not null)
            {
                return Said.Line($"{plan[0].Spec.Text}: {results[0].Failure}; nothing is written", ExitCodes.Target);
            }

            if (results[0].Results.FirstOrDefault(r => r.Verdict == Verdict.Error) is { } error)
            {
                return Said.Line($"{error.Variant.Name}: {error.Reason}; nothing is written", ExitCodes.OwnFault);
            }

            _ = Directory.CreateDirectory(folder);
            BaselineFile.Write(path, baseline);
            int red = results[0].Results.Count(r => r.IsRed);
            Console.WriteLine($"{path}: {baseline.Variants.Count} variants of {plan[0].Spec.Text} as {baseline.Dialect}, {red} of them red");
            return ExitCodes.Green;
        }
        catch (Exception e) when (e is TargetSpecException or ReportException)
        {
            return Said.Wrong(e);
        }
    }

    /// <summary>Checks baselines, alone or against a target.</summary>
    public async Task<int> CheckAsync(IReadOnlyList<string> names, string? target, string? dialect, ScenarioFilter filter, CancellationToken cancel)
    {
        if (ScenarioFolder.Load(scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        names = names.Count > 0 ? names : BaselineFolder.Names(BaselineFolder.Find());
        if (names.Count == 0)
        {
            return Said.Line("there is no baseline", ExitCodes.NothingMatched);
        }

        if (target is not null)
        {
            return names.Count != 1
                ? Said.Line("with --target name one baseline", ExitCodes.Usage)
                : await new CompareSession
                {
                    Scenarios = scenarios,
                    Filter = filter,
                    Targets = ["recorded:" + names[0], target],
                    Dialect = dialect,
                    Strict = true,
                    OnlyDifferent = true,
                }.RunAsync(cancel);
        }

        try
        {
            List<Variant> variants = [.. (filter with { Slow = true }).Apply(tree.Scenarios).Variants];
            IReadOnlyList<PlannedTarget> plan = TargetOpener.Plan([.. names.Select(name => "recorded:" + name)], dialect, tree);
            var problems = new List<string>();
            IReadOnlyList<TargetResult> results = await new TargetDrive(tree, variants, new RunOptions()).RunAsync(
                plan,
                (opened, result) =>
                {
                    lock (problems)
                    {
                        problems.AddRange(BaselineProblems.Of((RecordedTarget)opened, tree.Dialects[result.Dialect], [.. tree.Scenarios.SelectMany(Variant.Of)])
                            .Select(problem => $"{opened.Name}: {problem}"));
                    }

                    return result;
                },
                cancel);
            SummaryReport.Write(BuildLog.Of(Console.Out), new ResultMaker(tree, new SummaryOptions()).Of(results, ExitCodes.Green), new SummaryOptions());
            problems.ForEach(problem => Console.Error.WriteLine("rexec-conformance: " + problem));
            return cancel.IsCancellationRequested ? ExitCodes.Interrupted
                : problems.Count > 0 || results.Any(r => r.Results.Any(one => one.IsRed)) ? ExitCodes.Red
                : ExitCodes.Green;
        }
        catch (TargetSpecException e)
        {
            return Said.Wrong(e);
        }
    }

    private static Dictionary<string, string> Provenance(ITarget target) => new(target.Provenance)
    {
        ["target"] = target.Name,
        ["suite"] = SuiteVersion.Text,
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd"),
    };
}
