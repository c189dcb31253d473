using System.Net;
using System.Net.Sockets;
using Rexecd;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Cli.Targets;

/// <summary>The reference server in this process: <c>reference[:DIALECT]</c>. It is asked nothing but to listen.</summary>
internal sealed class ReferenceTarget : ProfiledTarget
{
    // The argument lists of the systems that the dialects come from: scripted commands need no real one.
    private const int ArgumentListOfSco = 1_048_575;
    private const int ArgumentListOfSolaris = 2_097_151;
    private const int ArgumentListOfBsd = 20_479; // 4.4BSD's: that of its heirs is not stated

    // A fuzzer has many sessions that wait for more of a request: the usual 256 would make others wait for them.
    private const int MostSessions = 4096;

    private readonly RexecServerOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<(AddressFamily Network, string Setup), Served> _running = [];

    private ReferenceTarget(string name, TargetProfile profile, Dialect served, RexecServerOptions options)
        : base(name, profile)
    {
        _options = options with { Dialect = served };
        ArgumentList = ScriptedArgument(served.Name);
        Provenance = new Dictionary<string, string> { ["server"] = $"rexecd {Reports.SuiteVersion.Text}, dialect {served.Name}" };
        Capabilities = CapabilitiesWith(ServerCapabilities(options.Commands != CommandMode.Scripted));
    }

    /// <summary>What the reference server can do, however it is started.</summary>
    internal static IReadOnlyList<(string Name, bool Has)> ServerCapabilities(bool realShells) =>
    [
        ("ipv4", true), ("accounts", true), ("argument-list", true), ("option:refuse-root", true), ("option:" + ServerSetup.SingleConnection, true),
        ("option:" + ServerSetup.Disabled, true), ("ipv6", Socket.OSSupportsIPv6 && LocalAddress.CanBind(IPAddress.IPv6Loopback)),
        ("real-shell", realShells), .. Enum.GetValues<Fault>().Select(fault => ("fault:" + NameOf(fault), true)),
    ];

    /// <summary>Starts a server that serves a dialect, perhaps with entries of it changed by a file.</summary>
    /// <exception cref="TargetSpecException">There is no such dialect, or the options are wrong.</exception>
    /// <exception cref="TargetStartException">It could not listen.</exception>
    public static ReferenceTarget Start(TargetSpec spec, string served, TargetProfile profile, Fixtures? fixtures = null)
    {
        ReferenceOptions options = ReferenceOptions.Read(spec);
        CommandMode commands = options.RealShells ? CommandMode.Shell : CommandMode.Scripted;
        try
        {
            var target = new ReferenceTarget(spec.Text, profile, Load(spec, served, options.DialectFile), options.WithFaults(spec, Options(fixtures) with { Commands = commands }));
            _ = target.Server(AddressFamily.InterNetwork, ServerSetup.Plain);
            return target;
        }
        catch (FileFormatException e)
        {
            throw new TargetSpecException(e.Message);
        }
        catch (Exception e) when (e is SocketException or PlatformNotSupportedException)
        {
            throw new TargetStartException(e.Message);
        }
    }

    /// <summary>A server with the accounts and the scripted commands of some folders of scenarios.</summary>
    /// <exception cref="FileFormatException">A file is wrong.</exception>
    internal static RexecServerOptions Options(Fixtures? fixtures) => new()
    {
        Accounts = (fixtures?.AccountFiles ?? []).Aggregate(AccountFile.Default, (all, file) => all.With(file.Name, file.Text)),
        Scripts = (fixtures?.CommandFiles ?? []).Aggregate(CommandScripts.None, (all, file) => all.With(file.Name, file.Text)),
    };

    /// <summary>The longest command that scripted commands take in a dialect, characters.</summary>
    internal static int ScriptedArgument(string served) => served switch
    {
        "sco" => ArgumentListOfSco,
        "debian" or "inetutils" or "inetutils-pam" or "inetutils191" or "netkit" or "netkit-pam" or "netkit010" => LinuxArgument,
        "freebsd" or "freebsd-pam" or "netbsd" or "netbsd-pam" or "openbsd" => ArgumentListOfBsd,
        _ => ArgumentListOfSolaris,
    };

    /// <summary>The dialect that a server is to serve, perhaps with entries of it changed by a file.</summary>
    /// <exception cref="TargetSpecException">There is no such dialect, the file is wrong, or real shells are asked for and no password is checked.</exception>
    internal static Rexecd.Dialect Load(TargetSpec spec, string served, string? dialectFile)
    {
        if (!Rexecd.Dialect.Names.Contains(served))
        {
            throw new TargetSpecException(
                $"target '{spec.Text}': the reference server has no dialect '{served}', expected one of: {string.Join(", ", Rexecd.Dialect.Names)}");
        }

        try
        {
            Rexecd.Dialect dialect = Rexecd.Dialect.Load(served, dialectFile);
            return dialect.ChecksPasswords || !ReferenceOptions.Read(spec).RealShells
                ? dialect
                : throw new TargetSpecException($"target '{spec.Text}': {served} checks no password, so the server starts no real shell for it: leave commands= out");
        }
        catch (FileFormatException e)
        {
            throw new TargetSpecException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetSpecException($"{dialectFile}: cannot be read: {e.Message}");
        }
    }

    /// <summary>Whether a dialect of the server checks no passwords, so that it gets no real shell.</summary>
    internal static bool LetsAnyoneIn(string served) => Rexecd.Dialect.Names.Contains(served) && !Rexecd.Dialect.Load(served).ChecksPasswords;

    /// <summary>A service that is switched off: a port that is taken, so that no one else listens on it meanwhile, and nobody behind it.</summary>
    internal static Socket PortOfNobody(AddressFamily network)
    {
        var port = new Socket(network, SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(Loopback(network), 0));
        return port;
    }

    /// <summary>Starts a server of a dialect that is in no file.</summary>
    internal static ReferenceTarget Start(string name, TargetProfile profile, Rexecd.Dialect served)
    {
        var target = new ReferenceTarget(name, profile, served, new RexecServerOptions());
        _ = target.Server(AddressFamily.InterNetwork, ServerSetup.Plain);
        return target;
    }

    /// <inheritdoc/>
    public override ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel)
    {
        bool can = setup.Needs.All(Capabilities.Contains) && (network == AddressFamily.InterNetwork || Capabilities.Contains("ipv6"));
        return ValueTask.FromResult(can ? Server(network, setup) : null);
    }

    /// <inheritdoc/>
    public override IPAddress AuxAddress(AddressFamily network) => Loopback(network);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (Served served in _running.Values)
        {
            served.Port?.Dispose();
            if (served.Server is { } server)
            {
                await server.DisposeAsync();
            }
        }
    }

    private IPEndPoint Server(AddressFamily network, ServerSetup setup)
    {
        lock (_lock)
        {
            // A server for one client at a time may still be at the clients of the case before: each case has its own.
            string key = setup.Options.Contains(ServerSetup.SingleConnection) ? $"{setup} {_running.Count}" : setup.ToString();
            if (!_running.TryGetValue((network, key), out Served? served))
            {
                served = Begin(network, setup);
                _running[(network, key)] = served;
            }

            return served.EndPoint;
        }
    }

    private Served Begin(AddressFamily network, ServerSetup setup)
    {
        if (setup.Options.Contains(ServerSetup.Disabled))
        {
            Socket port = PortOfNobody(network);
            return new Served((IPEndPoint)port.LocalEndPoint!, Server: null, port);
        }

        RexecServer server = RexecServer.Start(_options with
        {
            Listen = new IPEndPoint(Loopback(network), 0),
            Faults = Enum.GetValues<Fault>().Where(fault => setup.Faults.Contains(NameOf(fault))).Union(_options.Faults).ToHashSet(),
            MaxSessions = MostSessions,
            RefuseRoot = setup.Options.Contains("refuse-root"),
            SingleConnection = setup.Options.Contains(ServerSetup.SingleConnection),
        });
        return new Served(server.EndPoint, server, Port: null);
    }

    // NoReverseName is no-reverse-name.
    private static string NameOf(Fault fault) =>
        string.Concat(fault.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private sealed record Served(IPEndPoint EndPoint, RexecServer? Server, Socket? Port);

    private static IPAddress Loopback(AddressFamily network) =>
        network == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
}
