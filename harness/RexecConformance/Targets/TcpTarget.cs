using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Targets;

/// <summary>A server that is already running: <c>tcp:HOST:PORT</c>.</summary>
public sealed class TcpTarget : ProfiledTarget
{
    private readonly TargetProfile _profile;
    private readonly IPEndPoint? _ipv4;
    private readonly IPEndPoint? _ipv6;

    private TcpTarget(string name, TargetProfile profile, IPEndPoint? ipv4, IPEndPoint? ipv6)
        : base(name, profile)
    {
        _profile = profile;
        _ipv4 = ipv4;
        _ipv6 = ipv6;
        Capabilities = CapabilitiesWith(("ipv4", ipv4 is not null), ("ipv6", ipv6 is not null));
    }

    /// <inheritdoc/>
    public override bool IsLoopback => IPAddress.IsLoopback((_ipv4 ?? _ipv6)!.Address);

    /// <summary>Resolves the host; connects to nothing yet.</summary>
    /// <param name="name">The target as written.</param>
    /// <param name="address"><c>HOST:PORT</c> or <c>[IPV6]:PORT</c>.</param>
    /// <param name="profile">What is known of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TargetSpecException">The address is no address.</exception>
    /// <exception cref="TargetStartException">The host is not known.</exception>
    public static async Task<TcpTarget> OpenAsync(string name, string address, TargetProfile profile, CancellationToken cancel)
    {
        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? address : address[..colon].TrimStart('[').TrimEnd(']');
        if (colon < 1 || !ushort.TryParse(address[(colon + 1)..], out ushort port) || port == 0 || (host.Contains(':') && address[0] != '['))
        {
            throw new TargetSpecException($"target '{name}': '{address}' is no address, expected HOST:PORT or [IPV6]:PORT");
        }

        IPAddress[] all;
        try
        {
            all = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        }
        catch (SocketException e)
        {
            throw new TargetStartException($"the host {host} is not known: {e.Message}");
        }

        IPAddress? ipv4 = Array.Find(all, a => a.AddressFamily == AddressFamily.InterNetwork);
        IPAddress? ipv6 = Array.Find(all, a => a.AddressFamily == AddressFamily.InterNetworkV6);
        return new TcpTarget(
            name, profile, ipv4 is null ? null : new IPEndPoint(ipv4, port), ipv6 is null ? null : new IPEndPoint(ipv6, port));
    }

    /// <inheritdoc/>
    public override ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel)
    {
        // A target that has IPv6 only serves every scenario over it.
        IPEndPoint? end = network == AddressFamily.InterNetworkV6 ? _ipv6 : _ipv4 ?? _ipv6;
        return ValueTask.FromResult(setup.IsPlain ? end : null);
    }

    /// <inheritdoc/>
    public override IPAddress AuxAddress(AddressFamily network)
    {
        if (_profile.AuxListen is { } listen && listen.AddressFamily == network)
        {
            return listen;
        }

        IPEndPoint server = (network == AddressFamily.InterNetworkV6 ? _ipv6 : _ipv4 ?? _ipv6)!;
        if (IPAddress.IsLoopback(server.Address))
        {
            return server.Address;
        }

        // The address that faces the server is where it will connect back to.
        using var probe = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(server);
        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
