using System.Net.Sockets;
using RexecConformance.Scenarios;

namespace RexecConformance.Wire;

/// <summary>Does with the server's connection what the scenario's aux mode says.</summary>
internal sealed class AuxAcceptor(AuxListener listener, StreamRecorder recorder)
{
    private readonly CancellationTokenSource _stop = new();
    private Task _task = Task.CompletedTask;

    /// <summary>Whether the mode accepts at all.</summary>
    public bool Accepts { get; } =
        listener.Behaviour.Mode is AuxMode.Listen or AuxMode.AcceptLate or AuxMode.Reset or AuxMode.Privileged;

    /// <summary>True if the server has connected and that was not taken up yet.</summary>
    public bool ConnectionWaits => listener.Socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Begins to accept, if the mode accepts at all.</summary>
    public void Start()
    {
        if (Accepts)
        {
            _task = AcceptAsync();
        }
    }

    /// <summary>Stops accepting. Returns true if the server connected more often than it should, or unseen.</summary>
    public async Task<bool> StopAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _stop.Dispose();
        return listener.Accepted && listener.Socket.Poll(0, SelectMode.SelectRead);
    }

    private async Task AcceptAsync()
    {
        try
        {
            if (listener.Behaviour.After > TimeSpan.Zero)
            {
                await Task.Delay(listener.Behaviour.After, _stop.Token);
            }

            Socket socket = await listener.Socket.AcceptAsync(_stop.Token);
            listener.Accepted = true;
            socket.NoDelay = true;
            recorder.Attach(socket, start: listener.Behaviour.Mode != AuxMode.Reset);
            if (listener.Behaviour.Mode == AuxMode.Reset)
            {
                await recorder.LeaveAsync(reset: true);
            }
        }
        catch (OperationCanceledException)
        {
            // The exchange is over.
        }
        catch (SocketException)
        {
            // The server withdrew the connection before it was accepted: as if it had not come.
        }
    }
}
