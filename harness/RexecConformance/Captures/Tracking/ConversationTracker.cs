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

    // Clients whose requests have begun, by how many of these have not named their port yet.
    private readonly Dictionary<HostAddress, int> _portsToCome = [];
    private readonly EndingQueue _ending = new();
    private readonly TellingOrder _order;
    private long _now = long.MinValue;
    private int _frame;
    private int _noRoomBefore;
    private int _told;

    /// <summary>Makes a tracker.</summary>
    /// <param name="port">The server's port; null for 512, what a comment of the suite's own names, and whatever has the shape of a request.</param>
    /// <param name="found">
    /// Is called once for each conversation, at the latest by <see cref="Finish"/>. What it is given is good until it returns, as the memory
    /// is used again; with <see cref="KeepLimits.KeepsAllConnections"/> it stays.
    /// </param>
    /// <param name="limits">How much is held in memory; null for <see cref="KeepLimits.Default"/>.</param>
    public ConversationTracker(int? port, Action<Conversation> found, KeepLimits? limits = null)
    {
        (_port, _found, _limits) = (port, found, limits ?? KeepLimits.Default);
        _streams = new TcpStreams(_limits);
        _order = new TellingOrder(_limits, Tell);
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
            Add(packet, segment);
        }

        PassTime(packet.Nanoseconds);
    }

    /// <summary>Tells what has been over for long enough by now, though no packet came. For captures that are still going on.</summary>
    /// <param name="nanoseconds">The time, in nanoseconds since 1970-01-01 UTC.</param>
    public void PassTime(long nanoseconds)
    {
        _now = Math.Max(_now, nanoseconds);
        while (_ending.TryTake(_now, _frame, out var exchange))
        {
            if (exchange.IsOver)
            {
                Done(exchange);
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
        foreach (var exchange in _order.All)
        {
            exchange.IsRexec = exchange.IsRexec || (_port is null && RequestShape.Judge(exchange.Primary) == true);
            Done(exchange);
        }

        _order.TellHeld();
    }

    private void Add(in CapturedPacket packet, in TcpSegment segment)
    {
        var connection = _streams.Add(segment, new CaptureMark(packet.Number, packet.Nanoseconds), out var isNew, out var replaced);
        if (replaced?.Tracked is { } before)
        {
            _ending.Add(before, _now, _frame);
        }

        if (isNew)
        {
            Begin(connection, _port is null && PrimaryNote.IsOn(packet));
        }

        if (connection.Tracked is not { IsDone: false } exchange)
        {
            return;
        }

        if (connection == exchange.Primary && !(exchange.PortRead && exchange.IsRexec))
        {
            Look(exchange);
        }

        if (exchange.IsOver)
        {
            _ending.Add(exchange, _now, _frame);
        }
    }

    // What a connection has to do with rexec, as far as its first segment tells.
    private void Begin(TcpConnection connection, bool noted)
    {
        var port = _port ?? ExecPort;
        connection.AssumeResponder(port);
        var isPrimary = noted || connection.Responder.Port == port;
        if (!isPrimary)
        {
            _pairs.Add(connection.Initiator.Host, connection.Responder.Host);
            if (_listeners.ExchangeOf(connection) is { } owner)
            {
                Attach(connection, owner);
                return;
            }

            _listeners.AddUnclaimed(connection);
        }

        var exchange = new TrackedExchange(connection) { IsRexec = isPrimary };
        _order.Add(exchange);
        connection.Tracked = exchange;
        if (isPrimary)
        {
            var host = connection.Initiator.Host;
            _portsToCome[host] = _portsToCome.GetValueOrDefault(host) + 1;
            exchange.PortToComeFrom = host;
        }
    }

    private void PortKnown(TrackedExchange exchange)
    {
        exchange.PortRead = true;
        if (exchange.PortToComeFrom is { } host)
        {
            exchange.PortToComeFrom = null;
            _ = --_portsToCome[host] == 0 && _portsToCome.Remove(host);
        }
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
                // It may be the aux connection of a request that was captured late.
                if (!_portsToCome.ContainsKey(exchange.Primary.Responder.Host))
                {
                    Drop(exchange);
                }

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
            PortKnown(exchange);
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
        _order.Remove(exchange);
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
        _order.Done(exchange);
    }

    private void Tell(TrackedExchange exchange)
    {
        _listeners.Remove(exchange);
        PortKnown(exchange);
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
        while (_ending.TryTake(out var ended))
        {
            Done(ended);
        }

        _order.TellHeld();
        foreach (var exchange in _order.All)
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

        _order.TellHeld();
    }
}
