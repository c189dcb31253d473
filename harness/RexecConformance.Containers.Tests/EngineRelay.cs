using System.Net.Sockets;

namespace RexecConformance.Containers.Tests;

/// <summary>
/// A second socket of the engine, which can be taken away without taking the engine from others: as if the engine had
/// been killed, its containers left alone.
/// </summary>
internal sealed class EngineRelay : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _over = new();
    private readonly string _engine;
    private readonly Task _accepting;

    private EngineRelay(string engine)
    {
        _engine = engine;
        string path = Path.Combine(_folder.FullName, "engine.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        Host = "unix://" + path;
        _accepting = AcceptAsync();
    }

    /// <summary>For <c>DOCKER_HOST</c>.</summary>
    public string Host { get; }

    /// <summary>Begins to relay.</summary>
    public static EngineRelay Start()
    {
        string host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        Skip.IfNot(host.StartsWith("unix://", StringComparison.Ordinal), "needs an engine at a Unix socket");
        return new EngineRelay(host["unix://".Length..]);
    }

    /// <summary>Takes the socket away and ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_over.IsCancellationRequested)
        {
            return;
        }

        await _over.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        var all = new List<Task>();
        try
        {
            while (true)
            {
                all.Add(RelayAsync(await _listener.AcceptAsync(_over.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using Socket near = client;
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(_engine), _over.Token);
            await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Taken away, or the other side has left.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _over.Token)) > 0)
        {
            for (int sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _over.Token);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
