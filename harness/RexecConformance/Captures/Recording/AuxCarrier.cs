using System.Net;
using System.Net.Sockets;
using RexecConformance.Captures.Writing;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Recording;

/// <summary>Takes the server's aux connections at a port of its own, and makes each of them again to the client's port.</summary>
/// <remarks>
/// The kernel takes the server's connection before anyone can ask the client. Where the client refuses, the server sees a
/// connection that is reset at once, not a refusal.
/// </remarks>
internal sealed class AuxCarrier : IDisposable
{
    private readonly Socket _listener;
    private readonly IPAddress _seenAs;
    private readonly IPEndPoint _client;
    private readonly CaptureLog _log;
    private readonly Action _active;
    private readonly List<Task> _running = [];
    private readonly Dictionary<Socket, LoggedTcp> _connecting = [];

    private AuxCarrier(Socket listener, IPAddress seenAs, IPEndPoint client, CaptureLog log, Action active) =>
        (_listener, _seenAs, _client, _log, _active) = (listener, seenAs, client, log, active);

    /// <summary>The port that the server is to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Connections that the client took, each with what it carried.</summary>
    public List<Relay> Relays { get; } = [];

    /// <summary>True if the client refused one.</summary>
    public bool Refused { get; private set; }

    /// <summary>Listens.</summary>
    /// <param name="address">Where the server will connect to.</param>
    /// <param name="seenAs">The address that the client knows the server by.</param>
    /// <param name="client">Where the client listens.</param>
    /// <param name="log">The file.</param>
    /// <param name="active">Is called when something happens.</param>
    /// <exception cref="SocketException">There is no port.</exception>
    public static AuxCarrier Listen(IPAddress address, IPAddress seenAs, IPEndPoint client, CaptureLog log, Action active)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, 0));
            listener.Listen(4);
            return new AuxCarrier(listener, seenAs, client, log, active);
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
                    Socket server = await _listener.AcceptAsync(over.Token);
                    _active();
                    _running.Add(CarryAsync(server, cancel, why));
                }
                catch (SocketException)
                {
                    // The server withdrew it before it was accepted.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // A connection that came just before the end counts.
            while (!cancel.IsCancellationRequested && _listener.Poll(0, SelectMode.SelectRead))
            {
                _running.Add(CarryAsync(await _listener.AcceptAsync(CancellationToken.None), cancel, why));
            }
        }
        finally
        {
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
        server.NoDelay = true;
        var client = new Socket(_client.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Bind(new IPEndPoint(_seenAs, 0));
        LoggedTcp log = _log.Connection((IPEndPoint)client.LocalEndPoint!, _client);
        log.Connect($"the server connected to port {Port} of the recorder");
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
            server.LingerState = new LingerOption(enable: true, seconds: 0);
            server.Dispose();
            return;
        }

        Accepted(client, log);
        var relay = new Relay(new RelaySide(client, TcpEnd.Responder), new RelaySide(server, TcpEnd.Initiator), log, _active);
        lock (Relays)
        {
            Relays.Add(relay);
        }

        await relay.RunAsync(cancel, why);
    }
}
