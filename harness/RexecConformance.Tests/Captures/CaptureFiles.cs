namespace RexecConformance.Tests.Captures;

/// <summary>Where the tests find captures: the committed ones, and those that may not be committed.</summary>
internal static class CaptureFiles
{
    public static string Repository { get; } = FindRepository();

    /// <summary>A committed capture.</summary>
    public static string Committed(string slug) => Directory.EnumerateFiles(Path.Combine(Repository, "pcaps", slug), slug + ".*").Single();

    public static IEnumerable<string> AllCommitted => Directory.EnumerateFiles(Path.Combine(Repository, "pcaps"), "*.pcap*", SearchOption.AllDirectories);

    /// <summary>The folder of the shared captures: <c>REXEC_CAPTURES</c>, or <c>../shared/captures</c> beside the repository.</summary>
    public static string SharedFolder =>
        Environment.GetEnvironmentVariable("REXEC_CAPTURES") ?? Path.Combine(Repository, "..", "shared", "captures");

    /// <summary>A capture that may not be committed; the test is skipped where there is none.</summary>
    public static string Shared(string name)
    {
        var path = Path.Combine(SharedFolder, name);
        Skip.IfNot(File.Exists(path), $"needs the shared capture {name} (REXEC_CAPTURES or ../shared/captures)");
        return path;
    }

    /// <summary>Names below the shared folder, of captures of either format; none where there is no such folder.</summary>
    public static IEnumerable<string> AllShared => Directory.Exists(SharedFolder)
        ? Directory.EnumerateFiles(SharedFolder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is not (".md" or ".tsv"))
            .Select(path => Path.GetRelativePath(SharedFolder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
        : [];

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "pcaps")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no folder above the tests has pcaps/");
        }

        return folder;
    }
}
