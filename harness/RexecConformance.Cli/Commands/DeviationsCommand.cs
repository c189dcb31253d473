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
            + "Example: rexec-conformance deviations suggest --target container:inetutils-pam > docker/inetutils-pam/deviations.yaml")
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
                Console.Error.WriteLine($"rexec-conformance: {(plan.Count != 1 ? "deviations suggest takes one target" : "no scenario matches the filter")}");
                return plan.Count != 1 ? ExitCodes.Usage : ExitCodes.NothingMatched;
            }

            TargetResult result = (await new TargetDrive(tree, variants, new RunOptions()).RunAsync(plan, (_, one) => one, cancel))[0];
            if (cancel.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }

            if (result.Failure is { } failure)
            {
                Console.Error.WriteLine($"rexec-conformance: {result.Target}: {failure}");
                return ExitCodes.Target;
            }

            int count = DeviationStubs.Write(Console.Out, result, DateOnly.FromDateTime(DateTime.UtcNow));
            Console.Error.WriteLine($"rexec-conformance: {count} entries; say in each reason why it is so");
            return ExitCodes.Green;
        }
        catch (TargetSpecException e)
        {
            Console.Error.WriteLine("rexec-conformance: " + e.Message);
            return ExitCodes.Usage;
        }
    }
}
