using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Transcripts;

namespace RexecConformance.Wire;

/// <summary>Receives everything that the server sends on one connection, with times, and tells how it ended.</summary>
internal sealed class StreamRecorder(Stopwatch clock, int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedChunk> _chunks = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _socket;
    private Task _pump = Task.CompletedTask;
    private int _received;
    private bool _resetSeen;
    private bool _overflow;
    private StreamEnd _end = StreamEnd.Open;
    private TimeSpan _connectedAt;
    private TimeSpan _endAt;
    private (IPEndPoint? Local, IPEndPoint? Remote) _ends;
    private int _segments = -1;

    /// <summary>Called, on any thread, whenever something has come: the connection, bytes, an end.</summary>
    public Action? Changed { get; init; }

    /// <summary>The connection, once it is there.</summary>
    public Socket? Socket => _socket;

    /// <summary>Bytes received so far.</summary>
    public int Received
    {
        get
        {
            lock (_lock)
            {
                return _received;
            }
        }
    }

    /// <summary>Whether the stream has ended, by either side.</summary>
    public bool Ended
    {
        get
        {
            lock (_lock)
            {
                return _end != StreamEnd.Open || _overflow;
            }
        }
    }

    /// <summary>Takes a connection. If it is to be read at once, reading has begun before anyone is told of the connection.</summary>
    public void Attach(Socket socket, bool start)
    {
        lock (_lock)
        {
            _connectedAt = clock.Elapsed;
            _socket = socket;
            _ends = Ends(socket);
        }

        if (start)
        {
            Start();
        }

        Pulse();
    }

    /// <summary>Begins to read.</summary>
    public void Start() => _pump = PumpAsync(_socket!);

    /// <summary>
    /// A send failed. Linux reports a reset only once, to whichever call comes first, so it is kept here;
    /// the receive that follows would look like an orderly close.
    /// </summary>
    public void SendFailed(SocketError error)
    {
        lock (_lock)
        {
            _resetSeen |= error == SocketError.ConnectionReset;
        }
    }

    /// <summary>Waits until something holds, or the time is over. Returns whether it holds.</summary>
    public async Task<bool> WaitAsync(Func<StreamRecorder, bool> condition, TimeSpan within, CancellationToken cancel)
    {
        long deadline = Stopwatch.GetTimestamp() + (long)(within.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (condition(this))
            {
                return true;
            }

            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            try
            {
                await changed.WaitAsync(left, cancel);
            }
            catch (TimeoutException)
            {
                // The condition is looked at once more above.
            }
        }
    }

    /// <summary>The client leaves: an RST, or a close. Reading is cancelled first, since a close with a read pending sends RST.</summary>
    public async Task LeaveAsync(bool reset)
    {
        await StopAsync();
        lock (_lock)
        {
            if (_end == StreamEnd.Open)
            {
                _end = StreamEnd.Left;
                _endAt = clock.Elapsed;
            }
        }

        if (_socket is { } socket)
        {
            CountSegments(socket);
            if (reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }

            socket.Dispose();
        }

        Pulse();
    }

    /// <summary>Stops reading and closes the connection.</summary>
    public async Task<StreamTranscript> FinishAsync()
    {
        await StopAsync();
        lock (_lock)
        {
            if (_end == StreamEnd.Open)
            {
                _endAt = clock.Elapsed;
            }
        }

        if (_socket is { } open && _segments < 0)
        {
            CountSegments(open);
        }

        if (_socket is not null && _end == StreamEnd.Open)
        {
            // A server that hangs would keep its end of an orderly close for long: a reset frees it, and us.
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        _socket?.Dispose();
        _stop.Dispose();
        return _socket is null
            ? StreamTranscript.NotConnected
            : new StreamTranscript
            {
                Connected = true,
                Local = _ends.Local,
                Remote = _ends.Remote,
                ConnectedAt = _connectedAt,
                Chunks = _chunks,
                End = _end,
                EndAt = _endAt,
                Overflow = _overflow,
                Segments = _segments,
                Uncertain = _end == StreamEnd.Rst && !OperatingSystem.IsLinux(),
                Bytes = Join(),
            };
    }

    /// <summary>Stops reading without touching the connection; what is known stays known.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _pump;
    }

    private static (IPEndPoint? Local, IPEndPoint? Remote) Ends(Socket socket)
    {
        try
        {
            return ((IPEndPoint?)socket.LocalEndPoint, (IPEndPoint?)socket.RemoteEndPoint);
        }
        catch (SocketException)
        {
            // Reset before it was asked: nobody knows any more.
            return (null, null);
        }
    }

    private void CountSegments(Socket socket)
    {
        try
        {
            _segments = TcpInfo.Of(socket)?.DataSegmentsIn ?? -1;
        }
        catch (ObjectDisposedException)
        {
            // The client has left: it was counted then.
        }
    }

    private byte[] Join()
    {
        byte[] all = new byte[_received];
        int at = 0;
        foreach (ReceivedChunk chunk in _chunks)
        {
            chunk.Bytes.CopyTo(all, at);
            at += chunk.Bytes.Length;
        }

        return all;
    }

    private async Task PumpAsync(Socket socket)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            try
            {
                int count = await socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
                lock (_lock)
                {
                    if (count == 0)
                    {
                        _end = _resetSeen ? StreamEnd.Rst : StreamEnd.Fin;
                        _endAt = clock.Elapsed;
                    }
                    else
                    {
                        _chunks.Add(new ReceivedChunk(clock.Elapsed, buffer[..count]));
                        _received += count;
                        _overflow = _received > capacity;
                    }
                }

                Pulse();
                if (count == 0 || _overflow)
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                lock (_lock)
                {
                    _end = StreamEnd.Rst;
                    _endAt = clock.Elapsed;
                }

                Pulse();
                return;
            }
        }
    }

    private void Pulse()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
        Changed?.Invoke();
    }
}
