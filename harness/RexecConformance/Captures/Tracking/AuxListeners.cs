using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Tracking;

/// <summary>Brings together the port that a request names and the connection to it, whichever is captured first.</summary>
internal sealed class AuxListeners
{
    private readonly Dictionary<HostPort, List<TrackedExchange>> _awaited = [];
    private readonly Dictionary<HostPort, TcpConnection> _unclaimed = [];

    /// <summary>A request has named a port.</summary>
    /// <returns>A connection to it that was there before, or null.</returns>
    public TcpConnection? Await(TrackedExchange exchange, HostPort listener)
    {
        exchange.Listener = listener;
        if (!_awaited.TryGetValue(listener, out var waiting))
        {
            _awaited[listener] = waiting = [];
        }

        waiting.Add(exchange);
        return _unclaimed.GetValueOrDefault(listener) is { } there && there.Start.Frame > exchange.Primary.Start.Frame ? there : null;
    }

    /// <summary>The exchange that this connection belongs to as its aux connection, or null.</summary>
    public TrackedExchange? ExchangeOf(TcpConnection connection)
    {
        // Where the SYN is not in the file, who opened the connection is a guess: then the listener may seem to have done it.
        return Latest(connection.Responder, connection.Initiator.Host)
            ?? (connection.InitiatorKnown ? null : Latest(connection.Initiator, connection.Responder.Host));
    }

    /// <summary>A connection that belongs to no exchange so far.</summary>
    public void AddUnclaimed(TcpConnection connection)
    {
        _unclaimed[connection.Responder] = connection;
        if (!connection.InitiatorKnown)
        {
            _unclaimed[connection.Initiator] = connection;
        }
    }

    /// <summary>A connection that is of no interest any more, or that belongs to an exchange now.</summary>
    public void RemoveUnclaimed(TcpConnection connection)
    {
        foreach (var end in (ReadOnlySpan<HostPort>)[connection.Responder, connection.Initiator])
        {
            if (_unclaimed.GetValueOrDefault(end) == connection)
            {
                _ = _unclaimed.Remove(end);
            }
        }
    }

    /// <summary>An exchange that waits no longer.</summary>
    public void Remove(TrackedExchange exchange)
    {
        if (exchange.Listener is { } listener && _awaited.TryGetValue(listener, out var waiting) && waiting.Remove(exchange) && waiting.Count == 0)
        {
            _ = _awaited.Remove(listener);
        }
    }

    // A client uses a port for one exchange at a time: the latest one. A server with several addresses may connect from another
    // one than it was called at; a connection from its own address is preferred to one from elsewhere.
    private TrackedExchange? Latest(HostPort listener, HostAddress from)
    {
        if (!_awaited.TryGetValue(listener, out var waiting))
        {
            return null;
        }

        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            var server = waiting[i].Primary.Responder.Host;
            if (waiting[i].Aux is not { } aux || (server == from && aux.Initiator.Host != server))
            {
                return waiting[i];
            }
        }

        return null;
    }
}
