namespace RexecConformance.Cli.Tests.Support;

/// <summary>
/// Dialects that differ little from another one. What is tested of every pair is tested of these with
/// their relative only: the rest is the relative's, and would be seen there.
/// </summary>
internal static class Families
{
    private static readonly Dictionary<string, string> s_relatives = new()
    {
        ["bsd42"] = "bsd44",
        ["netbsd"] = "bsd44",
        ["netbsd-pam"] = "netbsd",
        ["freebsd"] = "bsd44",
        ["freebsd-pam"] = "freebsd",
        ["openbsd"] = "bsd44",
        ["netkit"] = "debian",
        ["netkit-pam"] = "debian",
        ["netkit010"] = "netkit",
        ["inetutils-pam"] = "inetutils",
        ["inetutils191"] = "inetutils",
        ["hpux"] = "bsd44",
        ["aix"] = "bsd44",
        ["openvms"] = "bsd44",
        ["tru64"] = "bsd44",
        ["irix"] = "bsd44",
        ["sua"] = "interix",
        ["ibmi"] = "bsd44",
        ["zos"] = "bsd44",
        ["nuttx"] = "bsd44",
    };

    /// <summary>Known from the beginning of a manual page, or from one answer: most scenarios can't be judged by them.</summary>
    public static IReadOnlySet<string> LittleKnown { get; } = new HashSet<string> { "hpux", "aix", "openvms", "tru64", "irix", "sua", "ibmi", "zos" };

    /// <summary>Dialects that are tested in each way: one for each way to serve a session.</summary>
    public static IReadOnlyList<string> Leading { get; } = [.. Rexecd.Dialect.Names.Where(name => RelativeOf(name) is null), "openbsd", "netkit010", "inetutils191", "nuttx"];

    /// <summary>The dialect that it differs little from; null if it is tested on its own.</summary>
    public static string? RelativeOf(string dialect) => s_relatives.GetValueOrDefault(dialect);
}
