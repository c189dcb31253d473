using System.Net;
using System.Net.Sockets;
using RexecConformance.Captures.Writing;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Recording;

/// <summary>Takes the server's aux connections at a port of its own, and makes each of them again to the client's port.</summary>
/// <remarks>
/// The kernel takes the server's connection before anyone can ask the client. Where the client refuses, the server sees a
/// connection that is reset at once, not a refusal. Only connections from the server's own address are taken.
/// </remarks>
internal sealed class AuxCarrier : IDisposable
{
    private readonly Socket _listener;
    private readonly IPAddress _seenAs;
    private readonly IPEndPoint _client;
    private readonly CaptureLog _log;
    private readonly Action _active;
    private readonly IPAddress _server;
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _running = [];
    private readonly Dictionary<Socket, LoggedTcp> _connecting = [];

    private AuxCarrier(Socket listener, IPAddress server, IPAddress seenAs, IPEndPoint client, CaptureLog log, Action active) =>
        (_listener, _server, _seenAs, _client, _log, _active) = (listener, server, seenAs, client, log, active);

    /// <summary>The port that the server is to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Connections that the client took, each with what it carried.</summary>
    public List<Relay> Relays { get; } = [];

    /// <summary>True if the client refused one.</summary>
    public bool Refused { get; private set; }

    /// <summary>Is called when the client has refused one: the conversation is to end as the server would end it.</summary>
    public Func<Task>? ClientRefused { get; set; }

    /// <summary>Waits until the client has taken or refused the server's connection, or until the server has made none for this long.</summary>
    public async Task AnsweredAsync(TimeSpan within, CancellationToken cancel)
    {
        if (await Task.WhenAny(_came.Task, Task.Delay(within, cancel)) == _came.Task)
        {
            await _answered.Task.WaitAsync(cancel);
        }
    }

    /// <summary>Listens.</summary>
    /// <param name="address">Where the server will connect to.</param>
    /// <param name="server">Where the server will connect from.</param>
    /// <param name="seenAs">The address that the client knows the server by.</param>
    /// <param name="client">Where the client listens.</param>
    /// <param name="log">The file.</param>
    /// <param name="active">Is called when something happens.</param>
    /// <exception cref="SocketException">There is no port.</exception>
    public static AuxCarrier Listen(IPAddress address, IPAddress server, IPAddress seenAs, IPEndPoint client, CaptureLog log, Action active)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, 0));
            listener.Listen(4);
            return new AuxCarrier(listener, server, seenAs, client, log, active);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Carries until the primary connection is over, and then until all that was connected is.</summary>
    /// <param name="primary">Completes when the primary connection is over.</param>
    /// <param name="cancel">Resets all.</param>
    /// <param name="why">Says why, for the file.</param>
    public async Task RunAsync(Task primary, CancellationToken cancel, Func<string> why)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task stopping = StopAfterAsync(primary, over);
        try
        {
            while (true)
            {
                try
                {
                    Take(await _listener.AcceptAsync(over.Token), cancel, why);
                }
                catch (SocketException)
                {
                    // The server withdrew it before it was accepted.
                }
            }
        }
        catch (OperationCanceledException)
        {
            TakeTheLast(cancel, why);
        }
        finally
        {
            _ = _came.TrySetResult();
            _ = _answered.TrySetResult();
            _listener.Dispose();
            await Task.WhenAll([.. _running, stopping]);
        }
    }

    /// <summary>
    /// Records connections that the client has taken by now. To be called before anything else of the client is recorded: what it
    /// does next it may do because of them, and our own call may return later than its.
    /// </summary>
    public void NoteAccepted()
    {
        lock (_connecting)
        {
            foreach ((Socket client, LoggedTcp log) in _connecting.ToList())
            {
                if (client.Poll(0, SelectMode.SelectWrite) && !client.Poll(0, SelectMode.SelectError) && TcpInfo.Of(client) is not { Closed: true })
                {
                    Accepted(client, log);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    // A connection that came just before the end counts.
    private void TakeTheLast(CancellationToken cancel, Func<string> why)
    {
        try
        {
            while (!cancel.IsCancellationRequested && _listener.Poll(0, SelectMode.SelectRead))
            {
                Take(_listener.Accept(), cancel, why);
            }
        }
        catch (SocketException)
        {
            // The server withdrew it, or there are no descriptors left.
        }
    }

    private void Take(Socket server, CancellationToken cancel, Func<string> why)
    {
        _active();
        if (server.RemoteEndPoint is not IPEndPoint from || !from.Address.Equals(_server))
        {
            Reset(server);
            return;
        }

        _ = _came.TrySetResult();
        _running.Add(CarryAsync(server, cancel, why));
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private void Accepted(Socket client, LoggedTcp log)
    {
        lock (_connecting)
        {
            if (_connecting.Remove(client))
            {
                log.Accept();
            }
        }
    }

    private static async Task StopAfterAsync(Task primary, CancellationTokenSource over)
    {
        await primary;
        await over.CancelAsync();
    }

    private void Failed(Socket client, LoggedTcp log, SocketError? error)
    {
        lock (_connecting)
        {
            bool noted = !_connecting.Remove(client);
            if (error == SocketError.ConnectionReset)
            {
                // The client took it and reset it before this call returned.
                if (!noted)
                {
                    log.Accept();
                }

                log.Reset(TcpEnd.Responder);
            }
            else if (error == SocketError.ConnectionRefused)
            {
                log.Refuse("for the server its connection was reset");
                Refused = true;
            }
        }
    }

    private async Task CarryAsync(Socket server, CancellationToken cancel, Func<string> why)
    {
        Socket? client = null;
        LoggedTcp log;
        try
        {
            server.NoDelay = true;
            client = new Socket(_client.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.Bind(new IPEndPoint(_seenAs, 0));
            log = _log.Connection((IPEndPoint)client.LocalEndPoint!, _client);
            log.Connect($"the server connected to port {Port} of the recorder");
        }
        catch (SocketException)
        {
            // No descriptor, or no port, is left: for the server it is as if the client had not been there.
            client?.Dispose();
            Reset(server);
            _ = _answered.TrySetResult();
            return;
        }

        lock (_connecting)
        {
            _connecting.Add(client, log);
        }

        try
        {
            await client.ConnectAsync(_client, cancel);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            Failed(client, log, (e as SocketException)?.SocketErrorCode);
            client.Dispose();
            Reset(server);
            _ = _answered.TrySetResult();
            if (Refused && ClientRefused is { } end)
            {
                await end();
            }

            return;
        }

        Accepted(client, log);
        _ = _answered.TrySetResult();
        var relay = new Relay(new RelaySide(client, TcpEnd.Responder), new RelaySide(server, TcpEnd.Initiator), log, _active);
        lock (Relays)
        {
            Relays.Add(relay);
        }

        await relay.RunAsync(cancel, why);
    }
}
