using System.CommandLine;
using RexecConformance.Reports;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>dialects</c>.</summary>
internal static class DialectsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var property = new Option<string[]>("--property")
        {
            Description = "Only one table: for each value of these properties and diagnostics the dialects that have it; * and ? as in file names; may be repeated",
            HelpName = "GLOB",
        };
        var command = new Command(
            "dialects",
            "Prints the matrix of dialect by property, with the basis of each cell, as Markdown (docs/dialects.md is this).\n\nExample: rexec-conformance dialects > docs/dialects.md")
        {
            common.Scenarios,
            property,
        };
        command.SetAction(parsed =>
        {
            if (ScenarioFolder.Load(parsed.GetValue(common.Scenarios)) is not { } tree)
            {
                return ExitCodes.Usage;
            }

            if (parsed.GetValue(property) is not [_, ..] globs)
            {
                DialectMatrix.Write(Console.Out, tree);
                return ExitCodes.Green;
            }

            IReadOnlyList<string> names = DialectGroups.Names(globs);
            if (names.Count == 0)
            {
                return Said.Line($"--property: nothing is named '{string.Join("' or '", globs)}', see docs/scenario-format.md for the names", ExitCodes.NothingMatched);
            }

            DialectGroups.Write(Console.Out, tree.Dialects.Values, names);
            return ExitCodes.Green;
        });
        return command;
    }
}
