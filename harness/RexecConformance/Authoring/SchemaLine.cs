namespace RexecConformance.Authoring;

/// <summary>
/// The first line of a data file, by which an editor knows the file's schema: it completes keys and values, shows what they mean, and marks mistakes.
/// </summary>
public static class SchemaLine
{
    /// <summary>How the line begins; the path of the schema follows.</summary>
    public const string Beginning = "# yaml-language-server: $schema=";

    /// <summary>The schema of scenarios.</summary>
    public const string Scenario = "scenario";

    /// <summary>The folder of the schemas, below a folder of scenarios.</summary>
    public const string Folder = "schema";

    /// <summary>The file name of a schema.</summary>
    public static string FileName(string schema) => schema + ".schema.json";

    /// <summary>The line with its end, for a file at a place.</summary>
    /// <param name="file">Where the file is or will be.</param>
    /// <param name="schema">For example <c>scenario</c>.</param>
    public static string For(string file, string schema) => $"{Beginning}{PathFor(file, schema)}\n";

    /// <summary>
    /// The schema's path for a file: relative, where a folder above it has the schemas (its own or those of <c>scenarios/</c>), else that
    /// of the schemas which are installed with the command.
    /// </summary>
    public static string PathFor(string file, string schema)
    {
        string full = Path.GetFullPath(file);
        return Near(full, schema) is { } near
            ? Path.GetRelativePath(Path.GetDirectoryName(full)!, near).Replace('\\', '/')
            : Path.Combine(AppContext.BaseDirectory, "scenarios", Folder, FileName(schema)).Replace('\\', '/');
    }

    /// <summary>True if a folder above the file has the schema, so that no copy need be made.</summary>
    public static bool IsNear(string file, string schema) => Near(Path.GetFullPath(file), schema) is not null;

    /// <summary>The schema itself, to be written beside files that are far from the suite's.</summary>
    /// <param name="schema">For example <c>scenario</c>.</param>
    public static string Text(string schema)
    {
        using Stream stream = typeof(SchemaLine).Assembly.GetManifestResourceStream("schema/" + FileName(schema))
            ?? throw new ArgumentException($"there is no schema '{schema}'", nameof(schema));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The files of a new folder, each scenario with its line; with a copy of the schema where none is near.</summary>
    /// <param name="folder">Where they will be.</param>
    /// <param name="files">Texts by path below the folder.</param>
    public static IReadOnlyDictionary<string, string> Add(string folder, IReadOnlyDictionary<string, string> files)
    {
        string copy = Path.Combine(Folder, FileName(Scenario));
        bool near = IsNear(Path.Combine(folder, "cases", "a.yaml"), Scenario);
        var all = new Dictionary<string, string>();
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(folder, name);
            bool scenario = name.Replace('\\', '/').StartsWith("cases/", StringComparison.Ordinal);
            string line = near ? For(path, Scenario) : $"{Beginning}../{copy.Replace('\\', '/')}\n";
            all[name] = scenario ? line + text : text;
        }

        if (!near && all.Count > files.Keys.Count(name => !name.StartsWith("cases", StringComparison.Ordinal)))
        {
            all[copy] = Text(Scenario);
        }

        return all;
    }

    private static string? Near(string full, string schema)
    {
        for (DirectoryInfo? at = Directory.GetParent(full); at is not null; at = at.Parent)
        {
            string[] places = [Path.Combine(at.FullName, Folder, FileName(schema)), Path.Combine(at.FullName, "scenarios", Folder, FileName(schema))];
            if (places.FirstOrDefault(File.Exists) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
