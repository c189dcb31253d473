using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Targets;

/// <summary>A real daemon binary of this host, started for each connection: <c>inetd:/usr/sbin/in.rexecd [ARGS]</c>.</summary>
public sealed class InetdTarget : ITarget
{
    // MAX_ARG_STRLEN of Linux less the NUL: execve refuses a longer single argument.
    private const int LinuxArgument = 131_071;

    private readonly TargetProfile _profile;
    private readonly InetdHost _host;

    private InetdTarget(string name, TargetProfile profile, InetdHost host, IReadOnlyDictionary<string, string> provenance)
    {
        Provenance = provenance;
        Name = name;
        _profile = profile;
        _host = host;
        var capabilities = new HashSet<string>(profile.Capabilities) { "ipv4", "argument-list", "accounts" };
        if (host.IPv6EndPoint is not null)
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
    public AccountFile Accounts => _profile.Accounts;

    /// <inheritdoc/>
    public Shell Shell => _profile.Shell;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities { get; }

    /// <inheritdoc/>
    public int? ArgumentList => _profile.ArgumentList ?? LinuxArgument;

    /// <inheritdoc/>
    public IReadOnlyList<Deviation> Deviations => _profile.Deviations;

    /// <inheritdoc/>
    public bool IsLoopback => true;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Provenance { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles => _host.Crashes;

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
    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) =>
        ValueTask.FromResult(!setup.IsPlain ? null : network == AddressFamily.InterNetworkV6 ? _host.IPv6EndPoint : _host.IPv4EndPoint);

    /// <inheritdoc/>
    public IPAddress AuxAddress(AddressFamily network) =>
        network == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
