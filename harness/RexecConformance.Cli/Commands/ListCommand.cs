using System.CommandLine;
using RexecConformance.Dialects;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>list</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var requirements = new Option<bool>("--requirements")
        {
            Description = "The requirements with their sources instead: what proves each, or why nothing can",
        };
        Option<string?> dialect = TargetOptions.Dialect("Only scenarios about which this dialect says something");
        var command = new Command("list", "Lists scenarios or requirements.\n\nExample: rexec-conformance list --tag limits")
        {
            requirements, dialect,
        };
        common.AddFilterTo(command);
        command.SetAction(parsed =>
        {
            if (ScenarioFolder.Load(parsed.GetValue(common.Scenarios)) is not { } tree)
            {
                return ExitCodes.Usage;
            }

            if (parsed.GetValue(requirements))
            {
                ScenarioListing.WriteRequirements(Console.Out, tree);
                return ExitCodes.Green;
            }

            ScenarioFilter filter = common.Filter(parsed) with { Slow = true };
            Dialect? only = null;
            if (parsed.GetValue(dialect) is { } name && !tree.Dialects.TryGetValue(name, out only))
            {
                Console.Error.WriteLine($"rexec-conformance: there is no dialect '{name}', expected one of: {string.Join(", ", tree.Dialects.Keys)}");
                return ExitCodes.Usage;
            }

            List<Scenario> meant =
            [
                .. filter.Apply(tree.Scenarios).Variants.Select(v => v.Scenario).Distinct().Where(s => only is null || Explanation.Specifies(only, s)),
            ];
            if (meant.Count == 0)
            {
                Console.Error.WriteLine("rexec-conformance: no scenario matches the filter");
                return ExitCodes.NothingMatched;
            }

            ScenarioListing.Write(Console.Out, meant);
            return ExitCodes.Green;
        });
        return command;
    }
}
