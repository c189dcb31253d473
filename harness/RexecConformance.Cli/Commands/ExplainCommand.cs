using System.CommandLine;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("ID") { Description = "The scenario's id" };
        var command = new Command(
            "explain",
            "Shows a scenario as a dialogue in words, with its requirements and the expected bytes for each dialect.\n\nExample: rexec-conformance explain success-aux")
        {
            id,
        };
        command.Options.Add(common.Scenarios);
        command.SetAction(parsed =>
        {
            if (ScenarioFolder.Load(parsed.GetValue(common.Scenarios)) is not { } tree)
            {
                return ExitCodes.Usage;
            }

            string wanted = parsed.GetValue(id)!.Split('#')[0];
            if (tree.Scenarios.FirstOrDefault(s => s.Id == wanted) is not { } scenario)
            {
                string near = string.Join(", ", tree.Scenarios.Select(s => s.Id).Where(other => other.Contains(wanted, StringComparison.Ordinal)).Take(5));
                Console.Error.WriteLine($"rexec-conformance: there is no scenario '{wanted}'{(near.Length > 0 ? $"; near it: {near}" : " (see: rexec-conformance list)")}");
                return ExitCodes.NothingMatched;
            }

            Explanation.Write(Console.Out, scenario, tree);
            return ExitCodes.Green;
        });
        return command;
    }
}
