using RexecConformance.Authoring;

namespace RexecConformance.Captures.Importing;

/// <summary>Writes what an import made: all of it, or nothing.</summary>
public static class ImportFolder
{
    /// <summary>Writes the files.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="files">Texts by path below the folder.</param>
    /// <param name="force">Whether a folder that holds something may be written to; files of the same name are replaced, others stay.</param>
    /// <exception cref="IOException">It holds something, or can't be written; nothing is left behind then.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files, bool force)
    {
        if (File.Exists(folder))
        {
            throw new IOException("is a file, expected a folder");
        }

        if (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException("holds files already: name an empty folder, or --force to write beside them");
        }

        files = SchemaLine.Add(folder, files);

        // Beside the folder, on its file system, so that each file is there as a whole or not at all.
        string full = Path.GetFullPath(folder);
        string parent = Path.GetDirectoryName(full) ?? full;
        _ = Directory.CreateDirectory(parent);
        string made = Path.Combine(parent, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}");
        try
        {
            foreach ((string name, string text) in files)
            {
                string path = Path.Combine(made, name);
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            if (!Directory.Exists(full))
            {
                Directory.Move(made, full);
                return;
            }

            foreach (string name in files.Keys)
            {
                string path = Path.Combine(full, name);
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(Path.Combine(made, name), path, overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }
}
