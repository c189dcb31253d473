using System.Net;

namespace Rexecd;

/// <summary>What runs a command.</summary>
public enum CommandMode
{
    /// <summary>A fixed list of commands, imitated within this process; nothing is ever started.</summary>
    Scripted,

    /// <summary>The account's shell, as the user that runs this server. Linux and loopback only.</summary>
    Shell,

    /// <summary>The account's login shell, with the ids, the groups and the home directory of the account. Linux and root only.</summary>
    Login,
}

/// <summary>Failures that a client cannot cause.</summary>
public enum Fault
{
    /// <summary>Each fork of the daemon fails (<see cref="Dialect.Fork"/> says when there is one).</summary>
    Fork,

    /// <summary>Each pipe of the daemon fails (it makes one to relay stderr, just before the fork).</summary>
    Pipe,
}

/// <summary>How a server is started.</summary>
public sealed record RexecServerOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>What the server does.</summary>
    public Dialect Dialect { get; init; } = Dialect.Load("bsd44");

    /// <summary>Who may log in.</summary>
    public AccountFile Accounts { get; init; } = AccountFile.Default;

    /// <summary>The system's accounts, through PAM's service <c>rexec</c>, in the place of <see cref="Accounts"/>. Linux only.</summary>
    public bool SystemAccounts { get; init; }

    /// <summary>What runs a command.</summary>
    public CommandMode Commands { get; init; }

    /// <summary>With <see cref="CommandMode.Scripted"/>: commands beyond those that are built in, and before them.</summary>
    public CommandScripts Scripts { get; init; } = CommandScripts.None;

    /// <summary>Refuses user id 0 in any dialect.</summary>
    public bool RefuseRoot { get; init; }

    /// <summary>Failures to show.</summary>
    public IReadOnlySet<Fault> Faults { get; init; } = new HashSet<Fault>();

    /// <summary>From accept to the port's NUL; null is the dialect's, <see cref="Timeout.InfiniteTimeSpan"/> none.</summary>
    public TimeSpan? PortTimeout { get; init; }

    /// <summary>For the auxiliary connect; null is the dialect's, <see cref="Timeout.InfiniteTimeSpan"/> none.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>For the three strings together; null is the dialect's, <see cref="Timeout.InfiniteTimeSpan"/> none.</summary>
    public TimeSpan? FieldTimeout { get; init; }

    /// <summary>Sessions at a time, at least 1; further connections wait in the kernel's backlog (512).</summary>
    public int MaxSessions { get; init; } = 256;

    /// <summary>One session at a time whatever <see cref="MaxSessions"/> says: a second connection waits, a third is closed at once.</summary>
    public bool SingleConnection { get; init; }

    /// <summary>
    /// Variables of the users' profiles, among which a dialect may look for the shell (<see cref="Dialect.ShellChoice"/>).
    /// Null is this process's own environment with real shells, and none with scripted commands.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Allows an address other than loopback: rexec sends passwords in clear.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Writes the text of commands to the log.</summary>
    public bool LogCommands { get; init; }

    /// <summary>Writes a line of remote host, local user and command to the log for each command that is run.</summary>
    public bool Audit { get; init; }

    /// <summary>The process groups that this server's commands left behind, which end with it.</summary>
    internal ProcessGroups Groups { get; init; } = new();

    /// <summary>Receives one line an event, from any thread; never a password. Null logs nothing.</summary>
    public Action<string>? Log { get; init; }
}
