using System.Net;
using RexecConformance.Accounts;
using RexecConformance.Inetd;

namespace RexecConformance.Tests.Inetd;

/// <summary>One host of Debian's in.rexecd for the tests of a class; started by the first test that may run.</summary>
public sealed class DebianFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private InetdHost? _host;

    /// <summary>The host, or a visible skip if this machine cannot have one.</summary>
    public async Task<InetdHost> Host()
    {
        Needs.DebianDaemon();
        await _gate.WaitAsync();
        try
        {
            return _host ??= await InetdHost.StartAsync(Needs.Daemon, [], AccountFile.Default);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Its address of one family, or a skip.</summary>
    public async Task<IPEndPoint> Address(bool ipv6 = false)
    {
        InetdHost host = await Host();
        Skip.If(ipv6 && host.IPv6EndPoint is null, "needs IPv6 on the loopback interface");
        return ipv6 ? host.IPv6EndPoint! : host.IPv4EndPoint;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
            Assert.Empty(_host.Crashes);
        }
    }
}
