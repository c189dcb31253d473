using System.CommandLine;
using RexecConformance.Cli.Targets;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>deviations</c>.</summary>
internal static class DeviationsCommand
{
    public static Command Create() => new("deviations", "Lists of known differences of one target from its dialect.") { Suggest() };

    private static Command Suggest()
    {
        var common = new CommonOptions();
        Option<string[]> target = TargetOptions.Target("What to drive");
        Option<string?> dialect = TargetOptions.Dialect("Dialect to judge by. tcp: and inetd: need one");
        var command = new Command(
            "suggest",
            "Drives a target and prints an entry for each failure that is not listed, with an empty reason, which 'validate' refuses.\n\n"
            + "Example: rexec-conformance deviations suggest --target container:inetutils > docker/inetutils/deviations.yaml")
        {
            target, dialect,
        };
        common.AddFilterTo(command);
        command.SetAction((parsed, cancel) => SuggestAsync(
            parsed.GetValue(common.Scenarios), common.Filter(parsed), parsed.GetValue(target)!, parsed.GetValue(dialect), cancel));
        return command;
    }

    private static async Task<int> SuggestAsync(string? scenarios, ScenarioFilter filter, string[] targets, string? dialect, CancellationToken cancel)
    {
        if (ScenarioFolder.Load(scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        try
        {
            IReadOnlyList<PlannedTarget> plan = TargetOpener.Plan(targets, dialect, tree);
            IReadOnlyList<Variant> variants = filter.Apply(tree.Scenarios).Variants;
            if (plan.Count != 1 || variants.Count == 0)
            {
                return plan.Count != 1
                    ? Said.Line("deviations suggest takes one target", ExitCodes.Usage)
                    : Said.Line("no scenario matches the filter", ExitCodes.NothingMatched);
            }

            TargetResult result = (await new TargetDrive(tree, variants, new RunOptions()).RunAsync(plan, (_, one) => one, cancel))[0];
            if (cancel.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }

            if (result.Failure is { } failure)
            {
                return Said.Line($"{result.Target}: {failure}", ExitCodes.Target);
            }

            int count = DeviationStubs.Write(Console.Out, result, DateOnly.FromDateTime(DateTime.UtcNow));
            return Said.Line(
                count == 0 ? "nothing to list: all that fails is listed already, or nothing fails" : $"{count} entries; say in each reason why it is so",
                ExitCodes.Green);
        }
        catch (TargetSpecException e)
        {
            return Said.Wrong(e);
        }
    }
}
