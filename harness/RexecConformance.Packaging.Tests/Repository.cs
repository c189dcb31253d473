namespace RexecConformance.Packaging.Tests;

/// <summary>The sources, which these tests pack.</summary>
internal static class Repository
{
    private static readonly Lazy<string?> s_folder = new(Find);

    /// <summary>The folder with the solution.</summary>
    public static string Folder => s_folder.Value ?? throw new InvalidOperationException("these tests run in the repository");

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RexecConformance.sln")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
