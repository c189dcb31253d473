namespace RexecConformance.Cli.Completion;

/// <summary>Files and folders that a word may become.</summary>
internal static class FileNames
{
    /// <summary>Those whose names begin as the word does; hidden ones only if it asks for them.</summary>
    public static IEnumerable<Candidate> Of(string word, bool foldersOnly)
    {
        int slash = word.LastIndexOf('/') + 1;
        string folder = word[..slash];
        string begin = word[slash..];
        string place = folder.Length == 0 ? "." : folder.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + folder[1..]
            : folder;
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(place).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        // A link to a folder is one, too.
        return entries
            .Select(entry => (entry.Name, IsFolder: Directory.Exists(entry.FullName)))
            .Where(entry => entry.Name.StartsWith(begin, StringComparison.Ordinal) && (begin.Length > 0 || entry.Name[0] != '.') && (entry.IsFolder || !foldersOnly))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => new Candidate(folder + entry.Name + (entry.IsFolder ? "/" : ""), Finished: !entry.IsFolder));
    }
}
