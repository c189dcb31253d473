using System.Net;
using System.Net.Sockets;
using Rexecd;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Cli.Targets;

/// <summary>The reference server in this process: <c>reference[:DIALECT]</c>. It is asked nothing but to listen.</summary>
internal sealed class ReferenceTarget : ITarget
{
    // What a real shell of Linux takes; with scripted commands the dialects' own limits decide, whatever the system.
    private const int ArgumentListOfSolaris = 2_097_151;

    private readonly TargetProfile _profile;
    private readonly Dialect _served;
    private readonly CommandMode _commands;
    private readonly Lock _lock = new();
    private readonly Dictionary<(AddressFamily Network, string? Fault), RexecServer> _servers = [];

    private ReferenceTarget(string name, TargetProfile profile, Dialect served, CommandMode commands)
    {
        Name = name;
        _profile = profile;
        _served = served;
        _commands = commands;
        var capabilities = new HashSet<string> { "ipv4", "accounts", "argument-list", "fault:fork" };
        if (Socket.OSSupportsIPv6 && LocalAddress.CanBind(IPAddress.IPv6Loopback))
        {
            _ = capabilities.Add("ipv6");
        }

        if (PrivilegedPort.Allowed)
        {
            _ = capabilities.Add("privileged-port");
        }

        Capabilities = capabilities;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Dialect => _profile.Dialect;

    /// <inheritdoc/>
    public Accounts.AccountFile Accounts => _profile.Accounts;

    /// <inheritdoc/>
    public Shell Shell => _profile.Shell;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities { get; }

    /// <inheritdoc/>
    public int? ArgumentList => ArgumentListOfSolaris;

    /// <inheritdoc/>
    public IReadOnlyList<Deviation> Deviations => _profile.Deviations;

    /// <inheritdoc/>
    public bool IsLoopback => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles => [];

    /// <summary>Starts a server that serves a dialect, perhaps with entries of it changed by a file.</summary>
    /// <exception cref="TargetSpecException">There is no such dialect, or the options are wrong.</exception>
    /// <exception cref="TargetStartException">It could not listen.</exception>
    public static ReferenceTarget Start(TargetSpec spec, string served, string? dialectFile, TargetProfile profile)
    {
        CommandMode commands = CommandMode.Scripted;
        foreach ((string option, string value) in spec.Options)
        {
            switch (option, value)
            {
                case ("commands", "scripted"):
                    break;
                case ("commands", "shell"):
                    commands = CommandMode.Shell;
                    break;
                case ("dialect-file", _):
                    dialectFile = value;
                    break;
                default:
                    throw new TargetSpecException(
                        $"target '{spec.Text}': the option {option}={value} is not known, expected commands=scripted, commands=shell or dialect-file=FILE");
            }
        }

        if (!Rexecd.Dialect.Names.Contains(served))
        {
            throw new TargetSpecException(
                $"target '{spec.Text}': the reference server has no dialect '{served}', expected one of: {string.Join(", ", Rexecd.Dialect.Names)}");
        }

        try
        {
            var target = new ReferenceTarget(spec.Text, profile, Rexecd.Dialect.Load(served, dialectFile), commands);
            _ = target.Server(AddressFamily.InterNetwork, null);
            return target;
        }
        catch (FileFormatException e)
        {
            throw new TargetSpecException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetSpecException($"{dialectFile}: cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is SocketException or PlatformNotSupportedException)
        {
            throw new TargetStartException(e.Message);
        }
    }

    /// <summary>Starts a server of a dialect that is in no file.</summary>
    internal static ReferenceTarget Start(string name, TargetProfile profile, Rexecd.Dialect served)
    {
        var target = new ReferenceTarget(name, profile, served, CommandMode.Scripted);
        _ = target.Server(AddressFamily.InterNetwork, null);
        return target;
    }

    /// <inheritdoc/>
    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, string? fault, CancellationToken cancel) =>
        ValueTask.FromResult(network == AddressFamily.InterNetworkV6 && !Capabilities.Contains("ipv6") ? null : Server(network, fault)?.EndPoint);

    /// <inheritdoc/>
    public IPAddress AuxAddress(AddressFamily network) => Loopback(network);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RexecServer server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }

    private RexecServer? Server(AddressFamily network, string? fault)
    {
        var faults = new HashSet<Fault>();
        if (fault is not null)
        {
            if (!Enum.TryParse(fault, ignoreCase: true, out Fault known))
            {
                return null;
            }

            _ = faults.Add(known);
        }

        lock (_lock)
        {
            if (!_servers.TryGetValue((network, fault), out RexecServer? server))
            {
                server = RexecServer.Start(new RexecServerOptions
                {
                    Listen = new IPEndPoint(Loopback(network), 0),
                    Dialect = _served,
                    Commands = _commands,
                    Faults = faults,
                });
                _servers[(network, fault)] = server;
            }

            return server;
        }
    }

    private static IPAddress Loopback(AddressFamily network) =>
        network == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
}
