namespace RexecConformance.Cli.Tests.Support;

/// <summary>Files of the source tree that the tests read.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>scenarios/</c> and all else.</summary>
    public static string Root { get; } = Find();

    /// <summary><c>scenarios/</c>.</summary>
    public static string Scenarios => Path.Combine(Root, "scenarios");

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "scenarios", "cases")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("no folder above the tests holds scenarios/cases");
    }
}
