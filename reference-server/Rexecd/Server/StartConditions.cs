using System.Net;

namespace Rexecd;

/// <summary>What must hold before a client is served, under a super-server too.</summary>
internal static class StartConditions
{
    /// <summary>Checks the options for a server on this address of the machine.</summary>
    /// <exception cref="ArgumentException">An option that is not allowed; the message says which and what to do.</exception>
    /// <exception cref="PlatformNotSupportedException">Shell commands on a system other than Linux.</exception>
    public static void Check(RexecServerOptions options, IPAddress address)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSessions, 1, nameof(options));
        bool loopback = IPAddress.IsLoopback(address);
        SystemNeeds.Check(options);
        if (options.Commands == CommandMode.Shell && !loopback)
        {
            throw new ArgumentException($"--commands shell listens on loopback only, not on {address}");
        }

        if (options.Commands != CommandMode.Scripted && !options.Dialect.ChecksPasswords)
        {
            throw new ArgumentException(
                $"--commands {Kebab.Of(options.Commands)} needs a dialect that checks passwords, and {options.Dialect.Name} does not here (login.check): scripted commands only");
        }

        if (options.Dialect.PortTimeoutScope == TimeoutScope.Request && (options.ConnectTimeout ?? options.FieldTimeout) is not null)
        {
            string option = options.ConnectTimeout is null ? "--field-timeout" : "--connect-timeout";
            throw new ArgumentException($"{option} has no effect in {options.Dialect.Name}, where one clock runs over the whole request (port.time-out-covers): --port-timeout sets it");
        }

        if (options.Commands == CommandMode.Login && !options.SystemAccounts && ReferenceEquals(options.Accounts, AccountFile.Default))
        {
            throw new ArgumentException("--commands login needs --accounts: everybody knows the passwords of the test accounts, root's too");
        }

        if (options.Commands == CommandMode.Shell && options.RefuseRoot && Environment.IsPrivilegedProcess)
        {
            throw new ArgumentException("--commands shell runs all commands as root here, which -r refuses: run it as another user, or use --commands login");
        }

        if (!loopback && !options.AllowRemote)
        {
            throw new ArgumentException($"{address} is not loopback, and rexec sends passwords in the clear: --allow-remote if that may be");
        }
    }
}
