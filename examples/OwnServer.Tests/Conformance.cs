using RexecConformance.Testing;
using RexecConformance.Xunit;
using Xunit;

namespace OwnServer.Tests;

/// <summary>The server, started once for all rows.</summary>
public sealed class TinyServerFixture : RexecServer
{
    private TinyServer? _server;

    protected override Task<string> StartAsync(CancellationToken cancel)
    {
        _server = TinyServer.Start(Environment.GetEnvironmentVariable("TINY_SERVER_FAULT") ?? "");
        return Task.FromResult($"tcp:127.0.0.1:{_server.Port}");
    }

    protected override ValueTask StopAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The server's own promise: these rows of the suite, one test each.</summary>
public class Conformance(TinyServerFixture server) : IClassFixture<TinyServerFixture>
{
    [RexecTheory("bsd44", Ids = ["success*", "silent-command*", "empty-command*", "bad-password*", "unknown-user*", "port-letters", "port-zero*", "username-1?"])]
    public Task Rexec(RexecRow row) => server.CheckAsync(row);
}
