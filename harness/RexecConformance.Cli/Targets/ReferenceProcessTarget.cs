using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Rexecd;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Cli.Targets;

/// <summary>
/// The reference server with a system's accounts or with login shells: <c>reference:DIALECT,accounts=system,commands=login</c>.
/// Each set-up is a process of its own; all are in one mount namespace, which holds the accounts.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ReferenceProcessTarget : ProfiledTarget
{
    private readonly ServerArguments _arguments;
    private readonly DaemonNamespace _space;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Lazy<Task<Served>>> _running = [];
    private readonly ConcurrentQueue<string> _troubles = [];
    private int _single;

    private ReferenceProcessTarget(string name, TargetProfile profile, string served, ReferenceOptions options, ServerArguments arguments, DaemonNamespace space)
        : base(name, profile)
    {
        _arguments = arguments;
        _space = space;
        ArgumentList = options.RealShells ? Math.Min(LinuxArgument, ReferenceTarget.ScriptedArgument(served)) : ReferenceTarget.ScriptedArgument(served);
        Provenance = new Dictionary<string, string> { ["server"] = $"rexecd {Reports.SuiteVersion.Text}, dialect {served}, accounts {options.Accounts ?? "file"}, commands {options.Commands}" };
        Capabilities = CapabilitiesWith(ReferenceTarget.ServerCapabilities(options.RealShells));
    }

    /// <inheritdoc/>
    public override Task<string> Gone => _gone.Task;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Troubles => [.. _troubles];

    /// <summary>The process that serves the usual set-up over IPv4, for tests.</summary>
    internal int ServerId => _running[Key(AddressFamily.InterNetwork, ServerSetup.Plain)].Value.Result.Server!.Id;

    /// <summary>Sets the namespace up and starts the server of the usual set-up.</summary>
    /// <exception cref="TargetSpecException">There is no such dialect, or the options are wrong.</exception>
    /// <exception cref="TargetStartException">Something that it needs is missing, or the server refused to start.</exception>
    public static async Task<ReferenceProcessTarget> StartAsync(
        TargetSpec spec, string served, TargetProfile profile, Fixtures fixtures, ReferenceOptions options, CancellationToken cancel)
    {
        Rexecd.Dialect dialect = ReferenceTarget.Load(spec, served, options.DialectFile); // a mistake in it is one of usage, told at once
        _ = options.WithFaults(spec, new RexecServerOptions());
        ServerProgram program = ServerProgram.Find();
        int? limit = options.RealShells && dialect.Command.Limit > LinuxArgument ? LinuxArgument : null;
        var arguments = new ServerArguments(program, served, options, fixtures, limit);
        DaemonNamespace space = await DaemonNamespace.CreateAsync(
            new NamespaceContents("a target with accounts= or commands=login", program.Command[0], profile.Accounts)
            {
                Folders = program.Folders,
                Files = arguments.Files,
                Service = options.Accounts == "system" ? "rexec" : null,
            },
            cancel);
        var target = new ReferenceProcessTarget(spec.Text, profile, served, options, arguments, space);
        try
        {
            _ = await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, cancel);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel)
    {
        if (!setup.Needs.All(Capabilities.Contains) || (network == AddressFamily.InterNetworkV6 && !Capabilities.Contains("ipv6")))
        {
            return null;
        }

        // A server for one client at a time may still be at the clients of the case before: each case has its own.
        string key = Key(network, setup) + (setup.IsExclusive ? $" {Interlocked.Increment(ref _single)}" : "");
        Lazy<Task<Served>> server = _running.GetOrAdd(key, _ => new Lazy<Task<Served>>(() => BeginAsync(network, setup)));
        return (await server.Value.WaitAsync(cancel)).EndPoint;
    }

    /// <inheritdoc/>
    public override IPAddress AuxAddress(AddressFamily network) => ServerArguments.Loopback(network);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Lazy<Task<Served>> running in _running.Values)
        {
            try
            {
                Served served = await running.Value;
                served.Port?.Dispose();
                if (served.Server is { } server)
                {
                    await server.DisposeAsync();
                }
            }
            catch (Exception e) when (e is TargetStartException or OperationCanceledException)
            {
                // It has not started: whoever asked for it was told.
            }
        }

        await _space.DisposeAsync(); // and what the servers have started
        _stop.Dispose();
    }

    private static string Key(AddressFamily network, ServerSetup setup) => $"{network} {setup}";

    private async Task<Served> BeginAsync(AddressFamily network, ServerSetup setup)
    {
        if (setup.Options.Contains(ServerSetup.Disabled))
        {
            Socket port = ReferenceTarget.PortOfNobody(network);
            return new Served((IPEndPoint)port.LocalEndPoint!, Server: null, port);
        }

        NamespacedServer server = await NamespacedServer.StartAsync(
            _space, _arguments.For(network, setup), ServerArguments.Environment, Note, _stop.Token);
        _ = WatchAsync(server);
        return new Served(ServerArguments.EndPoint(server.ReadyLine), server, Port: null);
    }

    // What a server logs of its sessions is of no concern here; what it says of itself is.
    private void Note(string line)
    {
        if (line.Contains("internal error", StringComparison.Ordinal) || line.Contains("Unhandled exception", StringComparison.Ordinal))
        {
            _troubles.Enqueue(line);
        }
    }

    private async Task WatchAsync(NamespacedServer server)
    {
        string why = await server.Ended;
        if (!_stop.IsCancellationRequested)
        {
            _ = _gone.TrySetResult(why);
        }
    }

    private sealed record Served(IPEndPoint EndPoint, NamespacedServer? Server, Socket? Port);
}
