using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Targets;

/// <summary>A real daemon binary of this host, started for each connection: <c>inetd:/usr/sbin/in.rexecd [ARGS]</c>.</summary>
public sealed class InetdTarget : ProfiledTarget
{
    private readonly InetdHost _host;

    private InetdTarget(string name, TargetProfile profile, InetdHost host, IReadOnlyDictionary<string, string> provenance)
        : base(name, profile)
    {
        ArgumentList = profile.ArgumentList ?? LinuxArgument;
        _host = host;
        Provenance = provenance;
        Capabilities = CapabilitiesWith(("ipv4", true), ("argument-list", true), ("accounts", true), ("real-shell", true), ("ipv6", host.IPv6EndPoint is not null));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Troubles => _host.Crashes;

    /// <summary>The process that holds the namespace: all that the daemons start is in it.</summary>
    internal int HolderId => _host.HolderId;

    /// <summary>Sets up the daemon's namespace and listens.</summary>
    /// <param name="name">The target as written.</param>
    /// <param name="commandLine">The program's path and its arguments, separated by blanks.</param>
    /// <param name="profile">What is known of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TargetStartException">Something that it needs is missing.</exception>
    public static async Task<InetdTarget> StartAsync(string name, string commandLine, TargetProfile profile, CancellationToken cancel)
    {
        string[] words = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new InetdTarget(name, profile, await InetdHost.StartAsync(words[0], words[1..], profile.Accounts, cancel), await DaemonPackage.ProvenanceAsync(words[0], cancel));
    }

    /// <inheritdoc/>
    public override ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) =>
        ValueTask.FromResult(!setup.IsPlain ? null : network == AddressFamily.InterNetworkV6 ? _host.IPv6EndPoint : _host.IPv4EndPoint);

    /// <inheritdoc/>
    public override IPAddress AuxAddress(AddressFamily network) =>
        network == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _host.DisposeAsync();
}
