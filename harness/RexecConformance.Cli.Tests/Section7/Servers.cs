using System.Net;
using Rexecd;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Inetd;

namespace RexecConformance.Cli.Tests.Section7;

/// <summary>The servers that stand for the columns, started by the first test that may.</summary>
public sealed class Servers : IAsyncLifetime
{
    /// <summary>Column BSD in the reference server.</summary>
    public const string Bsd = "reference:bsd44";

    /// <summary>Column DEB in the reference server.</summary>
    public const string Debian = "reference:debian";

    /// <summary>Column DEB, the packaged binary itself.</summary>
    public const string Inetd = "inetd:" + Needs.Daemon;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, IAsyncDisposable> _running = [];

    /// <summary>Where the server of a column listens.</summary>
    public async Task<IPEndPoint> AddressAsync(string name)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_running.TryGetValue(name, out IAsyncDisposable? server))
            {
                _running[name] = server = await StartAsync(name);
            }

            return server is RexecServer reference ? reference.EndPoint : ((InetdHost)server).IPv4EndPoint;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (IAsyncDisposable server in _running.Values)
        {
            await server.DisposeAsync();
            Assert.Empty((server as InetdHost)?.Crashes ?? []);
        }
    }

    private static async Task<IAsyncDisposable> StartAsync(string name) => name switch
    {
        // Column BSD is a build on Linux, where NCARGS is 131072; the dialect has the number of 4.4BSD itself.
        Bsd => RexecServer.Start(new RexecServerOptions
        {
            Dialect = Dialect.Load("bsd44").With("command.limit", "131071").With("command.error-at-byte", "131073"),
        }),
        Debian => RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("debian") }),
        _ => await InetdHost.StartAsync(Needs.Daemon, [], Accounts.AccountFile.Default),
    };
}
