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

    /// <summary>False for a folder of cases alone, which borrows the rest: deviations and baselines are of the whole tree.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What its scenarios need of a target.</summary>
    public Fixtures Fixtures { get; init; } = Fixtures.None;

    /// <summary>
    /// Reads a whole tree. All problems of all files come back at once; the tree holds what could be read.
    /// </summary>
    /// <param name="directory">
    /// The folder with <c>cases/</c>, <c>dialects/</c> and <c>requirements.yaml</c>; the scenarios of the captures in <c>pcaps/</c> beside it are
    /// part of it. Or a folder with <c>cases/</c> alone, as an import makes one: then the lender's dialects and requirements are used.
    /// </param>
    /// <param name="accountKeys">The account keys that a scenario may name, beside those of the tree's own fixtures.</param>
    /// <param name="lender">A whole tree for a folder that has cases alone, or null.</param>
    public static (ScenarioTree Tree, IReadOnlyList<Problem> Problems) Load(string directory, IReadOnlySet<string> accountKeys, string? lender = null)
    {
        var problems = new List<Problem>();
        var scenarios = new List<Scenario>();
        bool whole = lender is null || File.Exists(Path.Combine(directory, RequirementsName));
        string home = whole ? directory : lender!;
        string dialectHome = whole || System.IO.Directory.Exists(Path.Combine(directory, DialectsName)) ? directory : lender!;
        string cases = Path.Combine(directory, "cases");
        List<string> captures = whole ? [.. Captures(directory)] : [];
        string requirementFile = Path.Combine(home, RequirementsName);
        var requirementProblems = new List<Problem>();
        Task<RequirementFile> reading = Task.Run(() => RequirementReader.Read(SourceFile.Read(requirementFile, requirementProblems)));
        scenarios.AddRange(ReadAll(captures.Select(folder => Path.Combine(folder, "cases")).Prepend(cases).SelectMany(YamlFiles), ScenarioReader.Read, problems));
        if (scenarios.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem(cases, 1, 1, "holds no scenario, expected *.yaml files"));
        }

        var dialects = new Dictionary<string, Dialect>();
        foreach (Dialect dialect in ReadAll(YamlFiles(Path.Combine(dialectHome, DialectsName)), DialectReader.Read, problems))
        {
            dialects[dialect.Name] = dialect;
        }

        RequirementFile requirements = reading.GetAwaiter().GetResult();
        problems.AddRange(requirementProblems);
        var tree = new ScenarioTree(
            directory, [.. scenarios.Select(s => WithDialects(s, dialects) with { Folder = whole ? null : directory }).OrderBy(s => s.Id, StringComparer.Ordinal)], dialects, requirements.Requirements.ToDictionary(r => r.Id))
        {
            RequirementFile = requirements,
            IsWhole = whole,
            Fixtures = Fixtures.Read(captures.Append(directory), problems),
        };
        requirements.Check(tree, problems);
        TreeChecks.Check(tree, accountKeys.Union(tree.Fixtures.Accounts.Accounts.Select(account => account.Key)).ToHashSet(), problems, whole);
        if (whole && problems.Count == 0)
        {
            RequirementCoverage.Check(tree, problems);
        }

        return (tree, problems);
    }

    private const string RequirementsName = "requirements.yaml";

    private const string DialectsName = "dialects";

    private static IEnumerable<string> Captures(string directory)
    {
        string folder = Path.Combine(directory, "..", "pcaps");
        return System.IO.Directory.Exists(folder) ? System.IO.Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];
    }

    private static Scenario WithDialects(Scenario scenario, IReadOnlyDictionary<string, Dialect> dialects) => scenario.Captured is not { } captured
        ? scenario
        : scenario with { Captured = captured with { Known = [.. captured.Dialects.Where(dialects.ContainsKey).Select(name => dialects[name])] } };

    // Links to directories may lead back here.
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Reads files side by side, since they are many and a person waits; results and problems are in the files' order.</summary>
    private static IEnumerable<T> ReadAll<T>(IEnumerable<string> files, Func<SourceFile, T?> read, List<Problem> problems)
        where T : class
    {
        string[] paths = [.. files];
        var all = new (T? Value, List<Problem> Problems)[paths.Length];
        _ = Parallel.For(0, paths.Length, i =>
        {
            var own = new List<Problem>();
            all[i] = (read(SourceFile.Read(paths[i], own)), own);
        });
        problems.AddRange(all.SelectMany(one => one.Problems));
        return all.Select(one => one.Value).OfType<T>();
    }

    private static IEnumerable<string> YamlFiles(string directory) =>
        System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateFiles(directory, "*.yaml", s_all).Order(StringComparer.Ordinal)
            : [];
}
