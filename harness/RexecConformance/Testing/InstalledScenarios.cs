using System.Collections.Concurrent;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Testing;

/// <summary>The scenarios that the package lays beside the tests.</summary>
internal static class InstalledScenarios
{
    private static readonly ConcurrentDictionary<string, Lazy<ScenarioTree>> s_trees = [];

    /// <summary>A folder's tree, read once; null is the package's own.</summary>
    /// <exception cref="RexecDataException">It is not there, or one of its files is wrong.</exception>
    public static ScenarioTree Tree(string? folder)
    {
        string path = Path.GetFullPath(folder ?? Folder());
        return s_trees.GetOrAdd(path, _ => new Lazy<ScenarioTree>(() => Read(path))).Value;
    }

    private static ScenarioTree Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new RexecDataException($"{path} is no directory, expected a folder of scenarios with cases/");
        }

        // A whole tree borrows nothing.
        string? lender = File.Exists(Path.Combine(path, "requirements.yaml")) ? null : Folder();
        (ScenarioTree tree, IReadOnlyList<Problem> problems) =
            ScenarioTree.Load(path, AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet(), lender);
        return problems.Count == 0 ? tree : throw new RexecDataException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Beside the library, where the package's targets lay it; a runner may have another folder as its own.</summary>
    private static string Folder()
    {
        string[] places = [Path.GetDirectoryName(typeof(InstalledScenarios).Assembly.Location) ?? "", AppContext.BaseDirectory];
        string[] folders = [.. places.Where(place => place.Length > 0).Distinct().Select(place => Path.Combine(place, "rexec-conformance", "scenarios"))];
        return folders.FirstOrDefault(Directory.Exists)
            ?? throw new RexecDataException($"there are no scenarios in {folders[^1]}: the package RexecConformance lays them there when the tests are built");
    }
}
