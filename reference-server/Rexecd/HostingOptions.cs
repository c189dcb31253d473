using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Rexecd;

/// <summary>The options that are about the service and not about the protocol (docs/hosting.md).</summary>
internal static class HostingOptions
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    private static readonly Option<string> Listen = new("--listen") { Description = "HOST:PORT; port 0 takes a free one, a name such as exec is looked up in the services database, [::1]:PORT is IPv6", DefaultValueFactory = _ => "127.0.0.1:512" };
    private static readonly Option<bool> Inetd = new("--inetd") { Description = "Serve the one connection that inetd hands over as descriptors 0, 1 and 2, then exit (Linux)" };
    private static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Allow addresses beyond loopback, although rexec sends passwords in the clear" };
    private static readonly Option<int> MaxSessions = new("--max-sessions") { Description = "Sessions at a time; more wait", DefaultValueFactory = _ => 256 };
    private static readonly Option<int?> MaxSessionsPerPeer = new("--max-sessions-per-peer") { Description = "Sessions of one address at a time, more are closed at once; half of --max-sessions, and no limit for loopback" };
    private static readonly Option<string?> SessionTimeout = new("--session-timeout") { Description = "The longest that a session may last, its command included: 500ms, 60s or none (the default: as the dialect has it)" };
    private static readonly Option<string?> GraceTime = new("--grace") { Description = "After SIGTERM, for open sessions to end: 500ms, 60s or none (as long as they take); 5s" };
    private static readonly Option<string?> AuxPorts = new("--aux-ports") { Description = "LOW-HIGH: ports that the auxiliary connection may go to; any" };
    private static readonly Option<string?> Log = new("--log") { Description = "Append the log to FILE instead of standard error; opened again on SIGHUP" };
    private static readonly Option<string> Format = new("--log-format") { Description = "text or json, one event a line", DefaultValueFactory = _ => "text" };
    private static readonly Option<bool> LogCommands = new("--log-commands") { Description = "Write the text of commands, and of user names that nobody has, to the log" };

    public static void AddTo(RootCommand root)
    {
        foreach (Option option in (Option[])[Listen, Inetd, AllowRemote, MaxSessions, MaxSessionsPerPeer, SessionTimeout, GraceTime, AuxPorts, Log, Format, LogCommands])
        {
            root.Add(option);
        }
    }

    /// <summary>The options with those of the service.</summary>
    /// <exception cref="FileFormatException">A value that is not one.</exception>
    public static RexecServerOptions Apply(ParseResult result, RexecServerOptions options)
    {
        int sessions = result.GetValue(MaxSessions);
        int? perPeer = result.GetValue(MaxSessionsPerPeer);
        bool inetd = result.GetValue(Inetd);
        if (inetd && result.GetResult(Listen) is { Implicit: false })
        {
            throw new FileFormatException("--inetd: the super-server listens, so --listen can't go with it");
        }

        TimeSpan timeout = OptionValue.Duration("--session-timeout", result.GetValue(SessionTimeout)) ?? Timeout.InfiniteTimeSpan;
        return options with
        {
            Listen = inetd ? new IPEndPoint(IPAddress.Loopback, 0) : OptionValue.EndPoint(result.GetValue(Listen)!),
            InPlace = inetd && timeout == Timeout.InfiniteTimeSpan, // A process that has become the command can't end it.
            AllowRemote = result.GetValue(AllowRemote),
            MaxSessions = sessions > 0 ? sessions : throw new FileFormatException("--max-sessions: at least 1 expected"),
            MaxSessionsPerPeer = perPeer is null or > 0 ? perPeer : throw new FileFormatException("--max-sessions-per-peer: at least 1 expected"),
            SessionTimeout = timeout,
            AuxPorts = OptionValue.Ports("--aux-ports", result.GetValue(AuxPorts)),
            LogCommands = result.GetValue(LogCommands),
        };
    }

    /// <summary>How long sessions may take to end after SIGTERM.</summary>
    public static TimeSpan Grace(ParseResult result) => OptionValue.Duration("--grace", result.GetValue(GraceTime)) ?? DefaultGrace;

    /// <summary>The log of <c>--log</c>, else of this writer.</summary>
    /// <exception cref="FileFormatException">It can't be written, or its format is unknown.</exception>
    public static LogWriter OpenLog(ParseResult result, TextWriter otherwise) =>
        LogWriter.Open(Kebab.Parse<LogFormat>(result.GetValue(Format)!, "--log-format"), result.GetValue(Log), otherwise);

    /// <summary>Writes an error to the file of <c>--log</c>; nothing if there is none, or if it can't be written.</summary>
    public static void TryLogError(ParseResult result, string message)
    {
        try
        {
            using LogWriter log = OpenLog(result, TextWriter.Null);
            new ServerLog(log.Write).Error(message);
        }
        catch (Exception e) when (e is FileFormatException or IOException or InvalidOperationException)
        {
            // There is nobody else to tell.
        }
    }
}
