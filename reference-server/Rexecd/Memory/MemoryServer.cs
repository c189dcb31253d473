namespace Rexecd;

/// <summary>A server without sockets: its sessions run in the thread that plays their clients, and its time is not the world's (docs/decisions/2026-11-21-session-in-memory.md).</summary>
/// <remarks>May be used by several threads at once.</remarks>
public sealed class MemoryServer
{
    private readonly RexecServerOptions _options;
    private readonly ILogins _logins;

    /// <exception cref="ArgumentException">Real shells or the system's accounts, which need sockets and threads.</exception>
    public MemoryServer(RexecServerOptions options)
    {
        if (options.Commands != CommandMode.Scripted || options.SystemAccounts)
        {
            throw new ArgumentException("a server in memory has scripted commands and the accounts of a file only");
        }

        _options = options.WithSafeLog() with { OneThread = true };
        _logins = Logins.Of(_options);
    }

    /// <summary>The server as it is when it has just been started; nothing is shared with another one.</summary>
    public MemoryWorld Open() => new(_options, _logins);
}
