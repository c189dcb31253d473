namespace RexecConformance.Baselines;

/// <summary>The folder <c>baselines/</c>.</summary>
public static class BaselineFolder
{
    /// <summary><c>baselines/</c> here or above, else the one beside the program.</summary>
    public static string Find()
    {
        for (DirectoryInfo? at = new(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "baselines");
            if (Directory.Exists(folder) && Directory.Exists(Path.Combine(at.FullName, "scenarios")))
            {
                return folder;
            }
        }

        string installed = Path.Combine(AppContext.BaseDirectory, "baselines");
        return Directory.Exists(installed) ? installed : "baselines";
    }

    /// <summary>The names of all baselines.</summary>
    public static IReadOnlyList<string> Names(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*" + BaselineFile.Extension).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The path of a baseline's file, or null if the name is no plain name.</summary>
    public static string? PathOf(string folder, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.')
            ? Path.Combine(folder, name + BaselineFile.Extension)
            : null;
}
