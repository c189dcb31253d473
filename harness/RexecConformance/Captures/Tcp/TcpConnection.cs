using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Tcp;

/// <summary>One TCP connection of a capture.</summary>
public sealed class TcpConnection
{
    private readonly TcpDirection _first;
    private readonly TcpDirection _second;
    private bool _firstIsInitiator;
    private bool _initiatorKnown;

    internal TcpConnection(int index, in TcpSegment segment, CaptureMark mark)
    {
        (Index, Start) = (index, mark);
        _first = new TcpDirection(segment.Source);
        _second = new TcpDirection(segment.Destination);
        // Without a SYN: services have the lower port.
        _firstIsInitiator = segment.Source.Port >= segment.Destination.Port;
    }

    /// <summary>Place among the file's connections, from 0, by first packet: tshark's <c>tcp.stream</c>.</summary>
    public int Index { get; }

    /// <summary>The first packet.</summary>
    public CaptureMark Start { get; }

    /// <summary>What the side that opened the connection sent.</summary>
    public TcpDirection FromInitiator => _firstIsInitiator ? _first : _second;

    /// <summary>What the side that was connected to sent.</summary>
    public TcpDirection FromResponder => _firstIsInitiator ? _second : _first;

    /// <summary>The side that opened the connection.</summary>
    public HostPort Initiator => FromInitiator.From;

    /// <summary>The side that was connected to.</summary>
    public HostPort Responder => FromResponder.From;

    /// <summary>When the handshake was complete (its third packet), or null when the file shows none that was completed.</summary>
    public CaptureMark? Established { get; private set; }

    /// <summary>True when the connection attempt was answered by a reset.</summary>
    public bool Refused => Established is null && FromInitiator.StartKnown && FromResponder.Rst is not null;

    /// <summary>True when a SYN was seen, so that it is certain who opened the connection.</summary>
    public bool InitiatorKnown => _initiatorKnown;

    private bool Over => (_first.Rst ?? _second.Rst) is not null || (_first.Fin is not null && _second.Fin is not null);

    /// <summary>What one side sent.</summary>
    public TcpDirection From(HostPort side) => side == _first.From ? _first : _second;

    /// <summary>True when this SYN cannot belong here: the same ports are used a second time.</summary>
    internal bool StartsAnew(in TcpSegment segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst)) != TcpFlags.Syn)
        {
            return false;
        }

        return From(segment.Source) is { StartKnown: true } same ? !same.IsStart(segment.Sequence) : Over;
    }

    internal void Add(in TcpSegment segment, CaptureMark mark)
    {
        var fromFirst = segment.Source == _first.From;
        if (segment.Flags.HasFlag(TcpFlags.Syn) && !_initiatorKnown)
        {
            // A SYN comes from the initiator, a SYN with ACK goes to it.
            _firstIsInitiator = fromFirst != segment.Flags.HasFlag(TcpFlags.Ack);
            _initiatorKnown = true;
        }

        var (sender, receiver) = fromFirst ? (_first, _second) : (_second, _first);
        if (segment.Flags.HasFlag(TcpFlags.Ack))
        {
            receiver.AddAcknowledgment(segment.Acknowledgment, segment.Flags.HasFlag(TcpFlags.Syn), mark.Frame);
        }

        sender.Add(segment, mark);
        if (sender == FromInitiator && (segment.Flags & (TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Ack)
        {
            Established ??= mark;
        }
    }
}
