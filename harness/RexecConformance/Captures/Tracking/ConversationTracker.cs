using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;
using RexecConformance.Captures.Tracking;

namespace RexecConformance.Captures;

/// <summary>From packets to conversations: give it every packet in the order of the file, and it gives each conversation when it is over.</summary>
/// <remarks>
/// Memory does not grow with the number of packets: a connection that can't be rexec is let go of at the first bytes that show it, and
/// a conversation once it was told. Conversations come in the order of their first packets, unless too many wait
/// (<see cref="KeepLimits.HeldBack"/>).
/// </remarks>
public sealed class ConversationTracker
{
    private const int ExecPort = 512;

    // What may still come after an end: a FIN that is sent again, a reset for bytes that were under way, a late aux connection.
    private const long LingerNanoseconds = 2_000_000_000;
    private const int LingerFrames = 20_000;

    // A conversation that was silent for so long is told as it stands, if room is needed.
    private const int IdleFrames = 50_000;

    // Where what fills the memory is still going on, looking for room at each packet would find nothing each time.
    private const int FramesBetweenClearings = 1_000;

    private readonly int? _port;
    private readonly Action<Conversation> _found;
    private readonly KeepLimits _limits;
    private readonly PacketDecoder _decoder = new();
    private readonly TcpStreams _streams;
    private readonly AuxListeners _listeners = new();
    private readonly HostPairs _pairs = new();
    private readonly LinkedList<TrackedExchange> _order = new();
    private readonly Queue<TrackedExchange> _held = new();
    private readonly Queue<(TrackedExchange Exchange, long Due, long DueFrame)> _ending = new();
    private long _now = long.MinValue;
    private int _frame;
    private int _noRoomBefore;
    private int _told;

    /// <summary>Makes a tracker.</summary>
    /// <param name="port">The server's port; null for 512 and whatever has the shape of a request.</param>
    /// <param name="found">
    /// Is called once for each conversation, at the latest by <see cref="Finish"/>. What it is given is good until it returns, as the memory
    /// is used again; with <see cref="KeepLimits.KeepsAllConnections"/> it stays.
    /// </param>
    /// <param name="limits">How much is held in memory; null for <see cref="KeepLimits.Default"/>.</param>
    public ConversationTracker(int? port, Action<Conversation> found, KeepLimits? limits = null)
    {
        (_port, _found, _limits) = (port, found, limits ?? KeepLimits.Default);
        _streams = new TcpStreams(_limits);
    }

    /// <summary>How many packets became what.</summary>
    public PacketCounts Counts => _decoder.Counts;

    /// <summary>TCP connections so far.</summary>
    public int ConnectionCount => _streams.Count;

    /// <summary>All TCP connections, where <see cref="KeepLimits.KeepsAllConnections"/>; else empty.</summary>
    public IReadOnlyList<TcpConnection> Connections => _streams.Connections;

    /// <summary>Takes the next packet.</summary>
    public void Add(in CapturedPacket packet)
    {
        _frame = packet.Number;
        if (_decoder.Decode(packet, out var segment) == PacketOutcome.Tcp)
        {
            Add(segment, new CaptureMark(packet.Number, packet.Nanoseconds));
        }

        PassTime(packet.Nanoseconds);
    }

    /// <summary>Tells what has been over for long enough by now, though no packet came. For captures that are still going on.</summary>
    /// <param name="nanoseconds">The time, in nanoseconds since 1970-01-01 UTC.</param>
    public void PassTime(long nanoseconds)
    {
        _now = Math.Max(_now, nanoseconds);
        while (_ending.TryPeek(out var next) && (next.Due <= _now || next.DueFrame <= _frame))
        {
            _ = _ending.Dequeue();
            next.Exchange.IsEnding = false;
            if (next.Exchange.IsOver)
            {
                Done(next.Exchange);
            }
        }

        if (_streams.Remembered > _limits.Connections)
        {
            ForgetIdle();
        }

        if (_streams.Budget.IsTight && _frame >= _noRoomBefore)
        {
            _noRoomBefore = _frame + FramesBetweenClearings;
            MakeRoom();
        }
    }

    /// <summary>There are no more packets: what is still open is given as it stands.</summary>
    public void Finish()
    {
        for (var node = _order.First; node is not null; node = node.Next)
        {
            var exchange = node.Value;
            exchange.IsRexec = exchange.IsRexec || (_port is null && RequestShape.Judge(exchange.Primary) == true);
        }

        while (_order.First is { } first)
        {
            Done(first.Value);
            Tell(first.Value);
        }
    }

    private void Add(in TcpSegment segment, CaptureMark mark)
    {
        var connection = _streams.Add(segment, mark, out var isNew, out var replaced);
        if (replaced?.Tracked is { } before)
        {
            Ended(before);
        }

        if (isNew)
        {
            Begin(connection);
        }

        if (connection.Tracked is not { IsDone: false } exchange)
        {
            return;
        }

        if (connection == exchange.Primary && !(exchange.PortRead && exchange.IsRexec))
        {
            Look(exchange);
        }

        if (!exchange.IsEnding && exchange.IsOver)
        {
            Ended(exchange);
        }
    }

    // What a connection has to do with rexec, as far as its first segment tells.
    private void Begin(TcpConnection connection)
    {
        var port = _port ?? ExecPort;
        connection.AssumeResponder(port);
        var isServer = connection.Responder.Port == port;
        if (!isServer)
        {
            _pairs.Add(connection.Initiator.Host, connection.Responder.Host);
            if (_listeners.ExchangeOf(connection) is { } owner)
            {
                Attach(connection, owner);
                return;
            }

            _listeners.AddUnclaimed(connection);
        }

        var exchange = new TrackedExchange(connection) { IsRexec = isServer };
        exchange.Place = _order.AddLast(exchange);
        connection.Tracked = exchange;
    }

    private void Attach(TcpConnection connection, TrackedExchange exchange)
    {
        if (exchange.Aux is { } other)
        {
            other.Tracked = null;
        }

        exchange.Aux = connection;
        connection.Tracked = exchange;
    }

    // At each piece of a request: is this rexec, and which port does it name?
    private void Look(TrackedExchange exchange)
    {
        var client = exchange.Primary.FromInitiator;
        if ((!client.HasData && !exchange.Primary.FromResponder.HasData) || !exchange.WorthALook((int)Math.Min(client.Length, int.MaxValue / 2)))
        {
            return;
        }

        if (!exchange.IsRexec)
        {
            // With a port told, what is on another one can only be an aux connection that came before its request: that has no data yet.
            var fits = _port is null ? RequestShape.Judge(exchange.Primary) : false;
            if (fits == false)
            {
                Drop(exchange);
                return;
            }

            if (fits == true)
            {
                exchange.IsRexec = true;
                _listeners.RemoveUnclaimed(exchange.Primary);
            }
        }

        if (!exchange.PortRead && RequestFields.Read(client).Port is { State: FieldState.Complete } field)
        {
            exchange.PortRead = true;
            // Without its NUL no server acts on the field, hence only a complete one counts.
            if (PortField.Value(field.Bytes.Span) is var number and not 0
                && _listeners.Await(exchange, new HostPort(exchange.Primary.Initiator.Host, number)) is { Tracked: { IsRexec: false } early } aux)
            {
                Unlink(early);
                Attach(aux, exchange);
            }
        }

        client.ForgetContents();
    }

    // No rexec after all.
    private void Drop(TrackedExchange exchange)
    {
        Unlink(exchange);
        exchange.Primary.Tracked = null;
        Forget(exchange.Primary);
    }

    private void Unlink(TrackedExchange exchange)
    {
        exchange.IsDone = true;
        _listeners.Remove(exchange);
        _listeners.RemoveUnclaimed(exchange.Primary);
        if (exchange.Place is { } place)
        {
            exchange.Place = null;
            _order.Remove(place);
            TellWhatIsFirst();
        }
    }

    private void Ended(TrackedExchange exchange)
    {
        if (!exchange.IsEnding && !exchange.IsDone)
        {
            exchange.IsEnding = true;
            _ending.Enqueue((exchange, _now + LingerNanoseconds, (long)_frame + LingerFrames));
        }
    }

    private void Done(TrackedExchange exchange)
    {
        if (exchange.IsDone)
        {
            return;
        }

        if (!exchange.IsRexec)
        {
            Drop(exchange);
            return;
        }

        exchange.IsDone = true;
        _held.Enqueue(exchange);
        TellWhatIsFirst();
        while (_held.Count > _limits.HeldBack)
        {
            Tell(_held.Dequeue());
        }
    }

    private void TellWhatIsFirst()
    {
        while (_order.First is { Value.IsDone: true } first)
        {
            Tell(first.Value);
        }

        while (_held.TryPeek(out var told) && told.Place is null)
        {
            _ = _held.Dequeue();
        }
    }

    private void Tell(TrackedExchange exchange)
    {
        if (exchange.Place is not { } place)
        {
            return;
        }

        exchange.Place = null;
        _order.Remove(place);
        _listeners.Remove(exchange);
        var (primary, aux) = (exchange.Primary, exchange.Aux);
        var port = RequestFields.Read(primary.FromInitiator).Port;
        _found(new Conversation(++_told, primary, aux, exchange.AuxOutcome(port))
        {
            OtherPortsSeen = _pairs.Has(primary.Initiator.Host, primary.Responder.Host),
        });
        LetGo(primary);
        if (aux is not null)
        {
            LetGo(aux);
        }
    }

    private void LetGo(TcpConnection connection)
    {
        connection.Tracked = null;
        if (!_limits.KeepsAllConnections)
        {
            _streams.Bury(connection);
        }
    }

    private void Forget(TcpConnection connection)
    {
        if (!_limits.KeepsAllConnections)
        {
            connection.Forget();
        }
    }

    // First what is nothing to us, then what has ended, then what never said anything, and only then what is still going on.
    private void ForgetIdle()
    {
        foreach (var gone in _streams.Trim(one => one.Tracked is not { } exchange ? 0 : exchange.IsDone || exchange.IsEnding ? 1 : exchange.IsRexec ? 3 : 2))
        {
            if (gone.Tracked is { IsDone: false } exchange && gone == exchange.Primary)
            {
                Done(exchange);
            }
        }
    }

    private void MakeRoom()
    {
        while (_ending.TryDequeue(out var next))
        {
            next.Exchange.IsEnding = false;
            Done(next.Exchange);
        }

        while (_held.TryDequeue(out var held))
        {
            Tell(held);
        }

        foreach (var exchange in _order.ToList())
        {
            if (!exchange.IsRexec && exchange.Primary.FromInitiator.HasData)
            {
                Drop(exchange);
            }
            else if (exchange.IsRexec && exchange.LastFrame < _frame - IdleFrames)
            {
                Done(exchange);
            }
        }

        while (_held.TryDequeue(out var held))
        {
            Tell(held);
        }
    }
}
