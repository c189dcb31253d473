namespace RexecConformance.Cli.Tests.Support;

/// <summary>What a test needs of the machine; without it the test is skipped, and says why.</summary>
internal static class Needs
{
    /// <summary>Debian's daemon.</summary>
    public const string Daemon = "/usr/sbin/in.rexecd";

    /// <summary>Linux and root: a mount namespace can be made.</summary>
    public static void Namespaces()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: mount namespaces");
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root: mount namespaces");
    }

    /// <summary>Linux, root (for a mount namespace) and Debian's daemon.</summary>
    public static void DebianDaemon()
    {
        Namespaces();
        Skip.IfNot(File.Exists(Daemon), $"needs {Daemon} (Debian: rsh-server)");
    }
}
