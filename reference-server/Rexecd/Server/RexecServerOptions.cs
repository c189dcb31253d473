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

    /// <summary>No client's address has a name (<see cref="Dialect.PeerName"/> says who looks).</summary>
    NoReverseName,
}

/// <summary>How a server is started.</summary>
public sealed record RexecServerOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>What the server does.</summary>
    public Dialect Dialect { get => field ?? Dialect.Load("bsd44"); init; }

    /// <summary>Who may log in.</summary>
    public AccountFile Accounts { get => field ?? AccountFile.Default; init; }

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

    /// <summary>Mistakes that the server is to make.</summary>
    public IReadOnlySet<Defect> Defects { get; init; } = new HashSet<Defect>();

    /// <summary>The clock of all time-outs and waits of a session.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether an address has a name, for dialects that want one; called once a session. Null takes every address to have one;
    /// the command <c>rexecd</c> asks the system's resolver (<see cref="PeerNames.SystemAsync"/>).
    /// </summary>
    public Func<IPAddress, CancellationToken, ValueTask<bool>>? PeerHasName { get; init; }

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

    /// <summary>
    /// The longest that a session may last, commands included; <see cref="Timeout.InfiniteTimeSpan"/>, the default, is the
    /// dialect's own way: a client that stops in the middle of its request, or a command that never ends, stays.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Sessions of one peer at a time, at least 1 (an IPv6 peer is its /64); a connection on top of them is closed at once.
    /// Null is half of <see cref="MaxSessions"/>, and no limit for loopback.
    /// </summary>
    public int? MaxSessionsPerPeer { get; init; }

    /// <summary>Ports that the auxiliary connection may go to; null is any. Others answer like a port that nobody listens on.</summary>
    public PortRange? AuxPorts { get; init; }

    /// <summary>All of a session is done by the thread that acts for its client, passwords too.</summary>
    internal bool OneThread { get; init; }

    /// <summary>This process serves one session only, so that a command may take its place.</summary>
    internal bool InPlace { get; init; }

    /// <summary>The process groups that this server's commands left behind, which end with it.</summary>
    internal ProcessGroups Groups { get; init; } = new();

    /// <summary>Receives the events of the log, from any thread; never a password. Null logs nothing. What it throws is ignored.</summary>
    public Action<LogEvent>? Log { get; init; }

    /// <summary>These options with a failure or a defect more.</summary>
    /// <param name="name">As after <c>--fault</c>: one of <see cref="Fault"/> or <see cref="Defect"/>, in small letters and dashes.</param>
    /// <exception cref="FileFormatException">There is none of this name.</exception>
    public RexecServerOptions WithFault(string name) =>
        Kebab.Parse(typeof(Fault), name) is Fault fault ? this with { Faults = new HashSet<Fault>(Faults) { fault } }
        : Kebab.Parse(typeof(Defect), name) is Defect defect ? this with { Defects = new HashSet<Defect>(Defects) { defect } }
        : throw new FileFormatException($"--fault: unknown value '{name}', one of {FaultChoices} expected");

    /// <summary>All names of <see cref="WithFault"/>.</summary>
    internal static string FaultChoices => $"{Kebab.Choices(typeof(Fault))} | {Kebab.Choices(typeof(Defect))}";

    /// <summary>These options with a log that never throws: one that can't be written must not change what clients see.</summary>
    internal RexecServerOptions WithSafeLog() => Log is not { } log ? this : this with
    {
        Log = entry =>
        {
            try
            {
                log(entry);
            }
            catch (Exception)
            {
                // A closed pipe, a full disk.
            }
        },
    };
}
