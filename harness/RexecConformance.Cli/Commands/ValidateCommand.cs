using System.CommandLine;
using RexecConformance.Requirements;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>validate</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var documents = new Option<string?>("--documents")
        {
            Description = "Folder with the documents that the requirements quote, to look up every quotation "
                + "(default: REXEC_DOCUMENTS, else ../shared beside the repository if it is there)",
            HelpName = "DIR",
        };
        var command = new Command(
            "validate", "Checks all files of scenarios, dialects, requirements, deviations and baselines, and names every mistake.\n\nExample: rexec-conformance validate --scenarios ./scenarios")
        {
            options.Scenarios,
            documents,
        };
        command.SetAction(parsed =>
        {
            (ScenarioTree tree, IReadOnlyList<Problem> problems) = ScenarioFolder.Read(parsed.GetValue(options.Scenarios));
            var more = new List<Problem>(problems);
            (int lists, IReadOnlyList<string> overdue) = TreeFiles.Check(tree, more);
            string? folder = parsed.GetValue(documents) ?? Default(tree.Directory);
            if (folder is not null && tree.RequirementFile is { } requirements)
            {
                more.AddRange(Quotations.Check(requirements, folder));
            }

            problems = more;
            foreach (string line in overdue)
            {
                Console.Error.WriteLine("rexec-conformance: " + line);
            }

            foreach (Scenario undecided in tree.Scenarios.Where(scenario => scenario.Undecided))
            {
                Console.Error.WriteLine(YamlPlace.At(
                    undecided.File, "expect", null, $"'{undecided.Id}' expects nothing yet: every server is unspecified until somebody writes what must come back"));
            }

            if (problems.Count > 0)
            {
                ScenarioFolder.Report(problems);
                return ExitCodes.Usage;
            }

            Console.WriteLine(
                $"{tree.Scenarios.Count} scenarios with {tree.Scenarios.Sum(s => s.Fragments.Count)} variants, "
                + $"{tree.Dialects.Count} dialects, {tree.Requirements.Count} requirements, lists of deviations: {lists}; no problem");
            Console.WriteLine(folder is null
                ? "quotations were not looked up: no documents (--documents)"
                : $"{tree.Requirements.Values.Sum(r => r.Sources.Count)} quotations stand where they are said to");
            return ExitCodes.Green;
        });
        return command;
    }

    private static string? Default(string scenarios)
    {
        if (Environment.GetEnvironmentVariable("REXEC_DOCUMENTS") is { Length: > 0 } named)
        {
            return named;
        }

        string beside = Path.Combine(Path.GetFullPath(scenarios), "..", "..", "shared");
        return Directory.Exists(Path.Combine(beside, "seeds")) ? Path.GetFullPath(beside) : null;
    }
}
