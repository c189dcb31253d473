using System.Net;
using System.Net.Sockets;

namespace RexecConformance.Cli.Tests.Servers;

/// <summary>A listener that does something wrong with each connection.</summary>
internal sealed class BadServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sessions = [];
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="serve">What it does with a connection; the connection is closed afterwards.</param>
    /// <param name="most">After so many connections the listener is closed.</param>
    public BadServer(Func<Socket, CancellationToken, Task> serve, int most = int.MaxValue)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Address = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";
        _accepting = Task.Run(() => AcceptAsync(serve, most));
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> serve, int most)
    {
        using (_listener)
        {
            for (int i = 0; i < most; i++)
            {
                try
                {
                    Socket client = await _listener.AcceptAsync(_stop.Token);
                    _sessions.Add(Task.Run(() => ServeAsync(serve, client)));
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> serve, Socket client)
    {
        using (client)
        {
            try
            {
                await serve(client, _stop.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The harness has left, or the test is over.
            }
        }
    }
}
