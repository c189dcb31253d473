using System.CommandLine;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>validate</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command(
            "validate", "Checks all files of scenarios, dialects, requirements, deviations and baselines, and names every mistake.\n\nExample: rexec-conformance validate --scenarios ./scenarios")
        {
            options.Scenarios,
        };
        command.SetAction(parsed =>
        {
            (ScenarioTree tree, IReadOnlyList<Problem> problems) = ScenarioFolder.Read(parsed.GetValue(options.Scenarios));
            var more = new List<Problem>(problems);
            (int lists, IReadOnlyList<string> overdue) = TreeFiles.Check(tree, more);
            problems = more;
            foreach (string line in overdue)
            {
                Console.Error.WriteLine("rexec-conformance: " + line);
            }

            if (problems.Count > 0)
            {
                ScenarioFolder.Report(problems);
                return ExitCodes.Usage;
            }

            Console.WriteLine(
                $"{tree.Scenarios.Count} scenarios with {tree.Scenarios.Sum(s => s.Fragments.Count)} variants, "
                + $"{tree.Dialects.Count} dialects, {tree.Requirements.Count} requirements, {lists} lists of deviations: no problem");
            return ExitCodes.Green;
        });
        return command;
    }
}
