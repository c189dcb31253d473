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
            // Not the copy of the scenarios that goes with the command.
            if (Directory.Exists(Path.Combine(at.FullName, "scenarios", "cases")) && File.Exists(Path.Combine(at.FullName, "global.json")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("no folder above the tests holds scenarios/cases and global.json");
    }
}
