using System.Net.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Takes the server's connection as the case says, without a gap in which one could be lost.</summary>
internal sealed class AuxArrival
{
    private readonly AuxListener _listener;
    private readonly StreamRecorder _recorder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private bool _stopped;

    /// <summary>Begins to accept.</summary>
    public AuxArrival(AuxListener listener, StreamRecorder recorder)
    {
        _listener = listener;
        _recorder = recorder;
        _accepting = AcceptAsync();
    }

    /// <summary>True while a connection has arrived that was not taken up yet.</summary>
    public bool MayCome => !_accepting.IsCompleted && _listener.Socket.Poll(0, SelectMode.SelectRead);

    /// <summary>True if the server has connected again.</summary>
    public bool More { get; private set; }

    /// <summary>Stops to accept; true if a connection was taken up that nobody had seen before.</summary>
    public async Task<bool> StopAsync()
    {
        if (_stopped)
        {
            return false;
        }

        _stopped = true;
        bool seen = _recorder.Socket is not null;
        await _stop.CancelAsync();
        await _accepting;
        if (!_listener.Accepted && _listener.Socket.Poll(0, SelectMode.SelectRead))
        {
            // It arrived while the wait for it was taken back.
            await TakeAsync(_listener.Socket.Accept());
        }

        _stop.Dispose();
        More = _listener.Accepted && _listener.Socket.Poll(0, SelectMode.SelectRead);
        return !seen && _recorder.Socket is not null;
    }

    private async Task AcceptAsync()
    {
        try
        {
            if (_listener.Behaviour.After > TimeSpan.Zero)
            {
                await Task.Delay(_listener.Behaviour.After, _stop.Token);
            }

            await TakeAsync(await _listener.Socket.AcceptAsync(_stop.Token));
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

    private async Task TakeAsync(Socket socket)
    {
        _listener.Accepted = true;
        socket.NoDelay = true;
        _recorder.Attach(socket, start: _listener.Behaviour.Mode != AuxMode.Reset);
        if (_listener.Behaviour.Mode == AuxMode.Reset)
        {
            await _recorder.LeaveAsync(reset: true);
        }
    }
}
