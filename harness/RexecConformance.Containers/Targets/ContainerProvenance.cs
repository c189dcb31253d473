namespace RexecConformance.Containers.Targets;

/// <summary>Where what a container answers comes from: its image, the versions in it, the engine.</summary>
internal static class ContainerProvenance
{
    // Those that serve; an image has some of them. GNU rexecd is built in the image, so no package names it.
    private const string Ask =
        "dpkg-query -W -f '${db:Status-Abbrev}${Package} ${Version}\\n' rsh-server openbsd-inetd xinetd 2>/dev/null | sed -n 's/^ii *//p'; "
        + "/usr/sbin/rexecd --version 2>/dev/null | head -n 1; true";

    /// <summary>Asks the container itself.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(RunningContainer container, CancellationToken cancel)
    {
        var known = new Dictionary<string, string> { ["image"] = container.Image, ["engine"] = container.Engine };
        string[] packages = (await container.PrintedAsync(Ask, cancel)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (packages.Length > 0)
        {
            known["packages"] = string.Join(", ", packages);
        }

        return known;
    }
}
