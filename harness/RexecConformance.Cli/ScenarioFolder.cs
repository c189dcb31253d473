using RexecConformance.Accounts;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli;

/// <summary>Finds and reads the scenarios.</summary>
internal static class ScenarioFolder
{
    // Who has more does not read on; a file of another kind has as many as it has lines.
    private const int MostShown = 100;

    /// <summary>The folder named by a person, else <c>scenarios/</c> here, else the one beside the program.</summary>
    public static string Find(string? named) =>
        named ?? (Directory.Exists(Path.Combine("scenarios", "cases")) ? "scenarios" : Installed);

    /// <summary>The suite's own whole tree, for a folder that has cases alone: the one here, else the one beside the program.</summary>
    public static string Whole => File.Exists(Path.Combine("scenarios", "requirements.yaml")) ? "scenarios" : Installed;

    private static string Installed => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>The tree, or null after all its problems have been written to standard error.</summary>
    public static ScenarioTree? Load(string? named)
    {
        (ScenarioTree tree, IReadOnlyList<Problem> problems) = Read(named);
        if (problems.Count == 0)
        {
            return tree;
        }

        Report(problems);
        return null;
    }

    /// <summary>The tree and its problems.</summary>
    public static (ScenarioTree Tree, IReadOnlyList<Problem> Problems) Read(string? named)
    {
        string folder = Find(named);
        if (!Directory.Exists(folder))
        {
            return (new ScenarioTree(folder, [], new Dictionary<string, Dialects.Dialect>(), new Dictionary<string, Requirements.Requirement>()),
                [new Problem(folder, 1, 1, "is no directory, expected the folder with cases/, dialects/ and requirements.yaml")]);
        }

        return ScenarioTree.Load(folder, AccountFile.Default.Accounts.Select(a => a.Key).ToHashSet(), Whole);
    }

    /// <summary>Writes problems, one a line with the line of the file and a caret below it, at most 100 of them, and how many there are.</summary>
    public static void Report(IReadOnlyList<Problem> problems)
    {
        foreach (Problem problem in problems.Take(MostShown))
        {
            Console.Error.WriteLine(PlainText.OneLine(problem.ToString()));
            foreach (string line in problem.Excerpt())
            {
                Console.Error.WriteLine(line);
            }
        }

        Console.Error.WriteLine(problems.Count == 1 ? "1 problem" : $"{problems.Count} problems{(problems.Count > MostShown ? $", the first {MostShown} are shown" : "")}");
    }
}
