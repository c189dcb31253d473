using RexecConformance.Dialects;
using RexecConformance.Requirements;
using RexecConformance.Yaml;

namespace RexecConformance.Scenarios;

/// <summary>Everything below <c>scenarios/</c>: cases, dialects and requirements, checked against each other.</summary>
public sealed record ScenarioTree(
    string Directory,
    IReadOnlyList<Scenario> Scenarios,
    IReadOnlyDictionary<string, Dialect> Dialects,
    IReadOnlyDictionary<string, Requirement> Requirements)
{
    /// <summary>The file of the requirements; null in a tree that was read from none.</summary>
    public RequirementFile? RequirementFile { get; init; }

    /// <summary>
    /// Reads a whole tree. All problems of all files come back at once; the tree holds what could be read.
    /// </summary>
    /// <param name="directory">The folder with <c>cases/</c>, <c>dialects/</c> and <c>requirements.yaml</c>.</param>
    /// <param name="accountKeys">The account keys that a scenario may name.</param>
    public static (ScenarioTree Tree, IReadOnlyList<Problem> Problems) Load(string directory, IReadOnlySet<string> accountKeys)
    {
        var problems = new List<Problem>();
        var scenarios = new List<Scenario>();
        string cases = Path.Combine(directory, "cases");
        foreach (string file in YamlFiles(cases))
        {
            if (ScenarioReader.Read(SourceFile.Read(file, problems)) is { } scenario)
            {
                scenarios.Add(scenario);
            }
        }

        if (scenarios.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem(cases, 1, 1, "holds no scenario, expected *.yaml files"));
        }

        var dialects = new Dictionary<string, Dialect>();
        foreach (string file in YamlFiles(Path.Combine(directory, "dialects")))
        {
            if (DialectReader.Read(SourceFile.Read(file, problems)) is { } dialect)
            {
                dialects[dialect.Name] = dialect;
            }
        }

        string requirementFile = Path.Combine(directory, "requirements.yaml");
        RequirementFile requirements = RequirementReader.Read(SourceFile.Read(requirementFile, problems));
        var tree = new ScenarioTree(
            directory, [.. scenarios.OrderBy(s => s.Id, StringComparer.Ordinal)], dialects, requirements.Requirements.ToDictionary(r => r.Id))
        {
            RequirementFile = requirements,
        };
        requirements.Check(tree, problems);
        TreeChecks.Check(tree, accountKeys, problems);
        if (problems.Count == 0)
        {
            RequirementCoverage.Check(tree, problems);
        }

        return (tree, problems);
    }

    // Links to directories may lead back here.
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static IEnumerable<string> YamlFiles(string directory) =>
        System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateFiles(directory, "*.yaml", s_all).Order(StringComparer.Ordinal)
            : [];
}
