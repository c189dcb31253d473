using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>The options of the command <c>rexecd</c>.</summary>
internal static class CommandLine
{
    private const string SystemAccounts = "system";
    private static readonly Option<string> DialectName = Text("--dialect", "Dialect to serve: " + string.Join(", ", Dialect.Names), "bsd44");
    private static readonly Option<string?> Accounts = Optional("--accounts", "Accounts FILE instead of the test accounts, or system: those of this system, through PAM (Linux; docs/login.md)");
    private static readonly Option<string> Commands = Text("--commands", "scripted (starts nothing), shell (runs commands as the current user; Linux, loopback) or login (the user's login shell; Linux, root)", "scripted");
    private static readonly Option<string[]> Scripts = new("--scripts") { Description = "FILE with more scripted commands: what each reads and writes (docs/rexecd.md); may be repeated" };
    private static readonly Option<bool> RefuseRoot = new("-r") { Description = "Refuse user id 0" };
    private static readonly Option<string[]> Faults = new("--fault") { Description = "Failure to show, or defect to have, may be repeated: " + RexecServerOptions.FaultChoices };
    private static readonly Option<string?> DialectOverride = Optional("--dialect-file", "FILE with entries that replace those of the dialect");
    private static readonly Option<string?> PrintDialect = Optional("--print-dialect", "Print the complete dialect NAME, --dialect-file included, and exit");
    private static readonly Option<string?> PortTimeout = Optional("--port-timeout", "From accept to the end of the port: 500ms, 60s or none");
    private static readonly Option<string?> ConnectTimeout = Optional("--connect-timeout", "For the auxiliary connect: 500ms, 60s or none");
    private static readonly Option<string?> FieldTimeout = Optional("--field-timeout", "For the three strings together: 500ms, 60s or none");
    private static readonly Option<bool> SingleConnection = new("--single-connection") { Description = "One session at a time: the second connection waits, the third fails" };
    private static readonly Option<int?> CommandLimit = new("--command-limit") { Description = "Longest command in CHARACTERS, where a dialect has the system's argument list for it" };
    private static readonly Option<string[]> Variables = new("--environment") { Description = "NAME=VALUE of the users' profiles, may be repeated, for dialects that choose the shell by it" };
    private static readonly Option<bool> Audit = new("--audit") { Description = "Log remote host, local user and command of each command" };
    private static readonly Option<bool> NoLookUp = new("--no-look-up") { Description = "Take every client's address to have a name, in dialects that look it up" };

    /// <summary>Runs the command.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="output">For the line that says that it is ready.</param>
    /// <param name="error">For errors, and for the log unless it is in a file.</param>
    /// <param name="connection">With <c>--inetd</c>, the client.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Socket? connection = null)
    {
        var root = new RootCommand("Reference server of rexec (TCP 512): one small server, many dialects.")
        {
            DialectName, Accounts, Commands, Scripts, RefuseRoot, Faults, DialectOverride, PrintDialect,
            PortTimeout, ConnectTimeout, FieldTimeout, SingleConnection, CommandLimit, Variables, Audit, NoLookUp,
        };
        HostingOptions.AddTo(root);
        root.SetAction((result, _) => StartAsync(result, output, error, connection));
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
        {
            return Fail(parsed, error, first.Message, connection);
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Host handles signals.
        };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    internal static int Fail(TextWriter error, string message, ExitCode code)
    {
        error.WriteLine($"rexecd: {message.ReplaceLineEndings(" ")}");
        return (int)code;
    }

    /// <summary>Bad usage. A client is told nothing of it: it is in the log, if there is one.</summary>
    private static int Fail(ParseResult result, TextWriter error, string message, Socket? connection)
    {
        if (connection is not null)
        {
            HostingOptions.TryLogError(result, message.ReplaceLineEndings(" "));
        }

        return Fail(error, message, ExitCode.Usage);
    }

    private static async Task<int> StartAsync(ParseResult result, TextWriter output, TextWriter error, Socket? connection)
    {
        try
        {
            if (result.GetValue(PrintDialect) is { } name)
            {
                await output.WriteAsync(DialectEntries.ToYaml(LoadDialect(name, result))).ConfigureAwait(false);
                return (int)ExitCode.Success;
            }

            using LogWriter log = HostingOptions.OpenLog(result, error);
            RexecServerOptions options = Options(result) with { Log = log.Write };
            return connection is null || !OperatingSystem.IsLinux()
                ? await Host.RunAsync(options, HostingOptions.Grace(result), log, output, error).ConfigureAwait(false)
                : await InetdHost.ServeAsync(options, connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileFormatException or ArgumentException or PlatformNotSupportedException)
        {
            return Fail(result, error, e.Message, connection);
        }
    }

    private static RexecServerOptions Options(ParseResult result)
    {
        var options = new RexecServerOptions
        {
            Dialect = LoadDialect(result.GetValue(DialectName)!, result),
            SystemAccounts = result.GetValue(Accounts) == SystemAccounts,
            Commands = Kebab.Parse<CommandMode>(result.GetValue(Commands)!, "--commands"),
            Scripts = (result.GetValue(Scripts) ?? []).Aggregate(CommandScripts.None, (all, file) => all.WithFile(file)),
            PeerHasName = result.GetValue(NoLookUp) ? null : PeerNames.SystemAsync,
            RefuseRoot = result.GetValue(RefuseRoot),
            PortTimeout = OptionValue.Duration("--port-timeout", result.GetValue(PortTimeout)),
            ConnectTimeout = OptionValue.Duration("--connect-timeout", result.GetValue(ConnectTimeout)),
            FieldTimeout = OptionValue.Duration("--field-timeout", result.GetValue(FieldTimeout)),
            SingleConnection = result.GetValue(SingleConnection),
            Environment = result.GetValue(Variables) is { Length: > 0 } variables ? OptionValue.Variables("--environment", variables) : null,
            Audit = result.GetValue(Audit),
        };
        if (result.GetValue(Accounts) is { } accounts and not SystemAccounts)
        {
            options = options with { Accounts = AccountFile.Load(accounts) };
        }

        options = (result.GetValue(Faults) ?? []).Aggregate(options, (all, name) => all.WithFault(name));
        return HostingOptions.Apply(result, options);
    }

    private static Dialect LoadDialect(string name, ParseResult result)
    {
        Dialect dialect = Dialect.Load(name, result.GetValue(DialectOverride));
        return result.GetValue(CommandLimit) switch
        {
            null => dialect,
            >= 0 and <= int.MaxValue - 2 and int limit => dialect.WithCommandLimit(limit),
            _ => throw new FileFormatException("--command-limit: a number of characters expected"),
        };
    }

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<string?> Optional(string name, string description) => new(name) { Description = description };
}
