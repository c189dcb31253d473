namespace RexecConformance.Tests.Inetd;

/// <summary>What these tests need of the machine; without it they are skipped, and say why.</summary>
internal static class Needs
{
    public const string Daemon = "/usr/sbin/in.rexecd";

    /// <summary>Linux and root: a mount namespace can be made.</summary>
    public static void Namespaces()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: mount namespaces");
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root: mount namespaces");
    }

    /// <summary>And Debian's rexec daemon.</summary>
    public static void DebianDaemon()
    {
        Namespaces();
        Skip.IfNot(File.Exists(Daemon), $"needs {Daemon} (Debian: rsh-server)");
    }
}
