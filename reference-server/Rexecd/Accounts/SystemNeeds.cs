using Posix;

namespace Rexecd;

/// <summary>What real accounts and real shells need of the system; looked at before anything is started.</summary>
internal static class SystemNeeds
{
    /// <exception cref="PlatformNotSupportedException">Something is missing; the message is one line.</exception>
    public static void Check(RexecServerOptions options)
    {
        if (options.Commands != CommandMode.Scripted && !OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException($"--commands {Kebab.Of(options.Commands)} needs Linux");
        }

        if (options.Commands == CommandMode.Login && !Environment.IsPrivilegedProcess)
        {
            throw new PlatformNotSupportedException("--commands login needs root, to become the users: run it as root, or use --commands shell");
        }

        if (options.Commands == CommandMode.Login && !(OperatingSystem.IsLinux() && UserIds.AreKnown))
        {
            throw new PlatformNotSupportedException("--commands login knows the system calls of x86-64 and arm64 only: use --commands shell");
        }

        if (options.SystemAccounts && !(OperatingSystem.IsLinux() && PamLogin.IsPresent))
        {
            throw new PlatformNotSupportedException("--accounts system needs PAM: libpam.so.0 is missing (Debian: libpam0g)");
        }
    }
}
