using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Captures.Guessing;

/// <summary>The dialect files of a scenario tree, without the rest of the tree.</summary>
public static class DialectFiles
{
    /// <summary>Reads them all.</summary>
    /// <param name="scenarios">The folder that holds <c>dialects/</c>.</param>
    /// <returns>The dialects, by name, and what is wrong with the files.</returns>
    public static (IReadOnlyList<Dialect> Dialects, IReadOnlyList<Problem> Problems) Read(string scenarios)
    {
        var problems = new List<Problem>();
        var folder = Path.Combine(scenarios, "dialects");
        if (!Directory.Exists(folder))
        {
            return ([], [new Problem(folder, 1, 1, "is no directory, expected the folder with the dialect files")]);
        }

        var dialects = Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
            .Select(file => DialectReader.Read(SourceFile.Read(file, problems))).OfType<Dialect>().ToList();
        return (dialects, problems);
    }
}
