namespace RexecConformance.Inetd;

/// <summary>Where the system's own programs are.</summary>
internal static class Tools
{
    /// <summary>What inetd gives its services.</summary>
    public const string SystemPath = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The absolute path of a program of util-linux.</summary>
    /// <exception cref="TargetStartException">It is not installed.</exception>
    public static string Find(string name) =>
        SystemPath.Split(':').Select(directory => $"{directory}/{name}").FirstOrDefault(File.Exists)
        ?? throw new TargetStartException($"{name}(1) was not found in {SystemPath}: install util-linux");
}
