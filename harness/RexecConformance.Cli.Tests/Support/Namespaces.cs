namespace RexecConformance.Cli.Tests.Support;

/// <summary>Mount namespaces, as <c>/proc</c> tells of them.</summary>
internal static class Namespaces
{
    /// <summary>The identity of a process's mount namespace, or null if it has ended.</summary>
    public static string? Of(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>All processes in a mount namespace.</summary>
    public static IReadOnlyList<int> Processes(string space) =>
    [
        .. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out int pid) ? pid : 0)
            .Where(pid => pid > 0 && Of(pid) == space),
    ];
}
