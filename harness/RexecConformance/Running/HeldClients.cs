using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;

namespace RexecConformance.Running;

/// <summary>Clients that connect before a case and send nothing; they keep a server busy that serves one at a time.</summary>
internal sealed class HeldClients : IAsyncDisposable
{
    // So that a server takes them in order, and the first is being served when the next one comes.
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(2);

    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _over = new();
    private Task _leaving = Task.CompletedTask;

    /// <summary>Connects them, one after the other; those that a server turns away are left out.</summary>
    public static async Task<HeldClients> ConnectAsync(IPEndPoint server, OtherClients? others, CancellationToken cancel)
    {
        var held = new HeldClients();
        for (int i = 0; i < (others?.Connected ?? 0); i++)
        {
            var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            held._sockets.Add(socket);
            using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            within.CancelAfter(s_connectWithin);
            try
            {
                await socket.ConnectAsync(server, within.Token);
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Turned away already: the case itself shows whether that is right.
            }

            await Task.Delay(s_between, cancel);
        }

        if (others?.LeaveAfter is { } after)
        {
            held._leaving = held.LeaveAsync(after);
        }

        return held;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _leaving;
        _over.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task LeaveAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _over.Token);
            _sockets.ForEach(socket => socket.Dispose());
        }
        catch (OperationCanceledException)
        {
            // The case is over before they leave.
        }
    }
}
