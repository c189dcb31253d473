using RexecConformance.Authoring;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>Where <c>new</c> writes: the suite's own tree, or a folder of one's own, which is made if it is not there.</summary>
internal static class NewFolder
{
    /// <summary>The scenarios that are there, and all ids that are taken, those of the suite too.</summary>
    public static (ScenarioTree Tree, Dictionary<string, string> Ids, IReadOnlyList<Problem> Problems) Read(string? named)
    {
        (ScenarioTree suite, IReadOnlyList<Problem> problems) = ScenarioFolder.Read(ScenarioFolder.Whole);
        ScenarioTree tree = suite;
        if (problems.Count == 0 && named is not null)
        {
            // A folder that is yet to be made has no scenarios: those of the suite are not beside the new one.
            (tree, problems) = HasCases(named) ? ScenarioFolder.Read(named) : (suite with { Scenarios = [] }, problems);
        }

        var ids = new Dictionary<string, string>();
        foreach (Scenario scenario in tree.Scenarios.Concat(suite.Scenarios))
        {
            _ = ids.TryAdd(scenario.Id, scenario.File);
        }

        return (tree, ids, problems);
    }

    /// <summary>The file of a new scenario.</summary>
    /// <exception cref="DraftException">Nobody said where, and there is no folder of scenarios here.</exception>
    public static string FileOf(string? named, string id)
    {
        if (named is null && !Directory.Exists(Path.Combine("scenarios", "cases")))
        {
            throw new DraftException("there is no folder ./scenarios here: say where with --scenarios DIR (a folder of your own, made if it is not there) or -o FILE");
        }

        string folder = named ?? "scenarios";

        // The suite's own cases have a folder for each topic.
        return File.Exists(Path.Combine(folder, "requirements.yaml"))
            ? Path.Combine(folder, "cases", "new", id + ".yaml")
            : Path.Combine(folder, "cases", id + ".yaml");
    }

    /// <summary>The folder of scenarios that a file is in, as a person would name it, or null if it is in none.</summary>
    public static string? Above(string path)
    {
        for (string? at = Path.GetDirectoryName(path); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at) == "cases")
            {
                return Path.GetDirectoryName(at) is { Length: > 0 } folder ? folder : ".";
            }
        }

        return null;
    }

    /// <summary>The schema's path as seen from the file.</summary>
    public static string SchemaOf(string path, string? named) =>
        path == "-" ? SchemaLine.PathFor(Path.Combine(named ?? "scenarios", "cases", "a.yaml"), SchemaLine.Scenario)
        : named is not null && !SchemaLine.IsNear(path, SchemaLine.Scenario) && IsBelow(path, named)
            ? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, Copy(named)).Replace('\\', '/')
        : SchemaLine.PathFor(path, SchemaLine.Scenario);

    /// <summary>Puts a copy of the schema into a folder of one's own that has none near.</summary>
    /// <exception cref="Reports.ReportException">It can't be written.</exception>
    public static void Prepare(string path, string? named, bool inFolder)
    {
        if (inFolder && named is not null && !SchemaLine.IsNear(path, SchemaLine.Scenario))
        {
            ScenarioFileText.Save(Copy(named), SchemaLine.Text(SchemaLine.Scenario));
        }
    }

    private static string Copy(string folder) => Path.GetFullPath(Path.Combine(folder, SchemaLine.Folder, SchemaLine.FileName(SchemaLine.Scenario)));

    private static bool IsBelow(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool HasCases(string folder) =>
        Directory.Exists(Path.Combine(folder, "cases")) && Directory.EnumerateFiles(Path.Combine(folder, "cases"), "*.yaml", SearchOption.AllDirectories).Any();
}
