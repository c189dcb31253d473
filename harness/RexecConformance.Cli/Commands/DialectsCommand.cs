using System.CommandLine;
using RexecConformance.Reports;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>dialects</c>.</summary>
internal static class DialectsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command(
            "dialects",
            "Prints the matrix of dialect by property, with the basis of each cell, as Markdown (docs/dialects.md is this).\n\nExample: rexec-conformance dialects > docs/dialects.md")
        {
            common.Scenarios,
        };
        command.SetAction(parsed =>
        {
            if (ScenarioFolder.Load(parsed.GetValue(common.Scenarios)) is not { } tree)
            {
                return ExitCodes.Usage;
            }

            DialectMatrix.Write(Console.Out, tree);
            return ExitCodes.Green;
        });
        return command;
    }
}
