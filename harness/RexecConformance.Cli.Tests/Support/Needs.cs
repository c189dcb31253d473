namespace RexecConformance.Cli.Tests.Support;

/// <summary>What a test needs of the machine; without it the test is skipped, and says why.</summary>
internal static class Needs
{
    /// <summary>Debian's daemon.</summary>
    public const string Daemon = "/usr/sbin/in.rexecd";

    /// <summary>Linux, root (for a mount namespace) and Debian's daemon.</summary>
    public static void DebianDaemon()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: mount namespaces");
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root: mount namespaces");
        Skip.IfNot(File.Exists(Daemon), $"needs {Daemon} (Debian: rsh-server)");
    }
}
