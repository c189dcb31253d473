using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tracking;

namespace RexecConformance.Captures.Tcp;

/// <summary>One TCP connection of a capture.</summary>
public sealed class TcpConnection
{
    // Of the objects that a connection and its two directions are made of, in bytes, without their data.
    private const int Overhead = 1_500;

    private readonly TcpDirection _first;
    private readonly TcpDirection _second;
    private bool _firstIsInitiator;
    private bool _initiatorKnown;
    private readonly KeepBudget? _budget;
    private bool _forgotten;

    internal TcpConnection(int index, in FlowKey key, in TcpSegment segment, CaptureMark mark, KeepBudget budget)
    {
        (Index, Key, Start, _budget) = (index, key, mark, budget);
        budget.Take(Overhead);
        _first = new TcpDirection(segment.Source, budget);
        _second = new TcpDirection(segment.Destination, budget);
        // Without a SYN: services have the lower port.
        _firstIsInitiator = segment.Source.Port >= segment.Destination.Port;
    }

    private TcpConnection(TcpConnection told)
    {
        (Index, Key, Start, LastFrame) = (told.Index, told.Key, told.Start, told.LastFrame);
        (_first, _second, _forgotten, IsReplaced) = (new TcpDirection(told._first.From), new TcpDirection(told._second.From), true, true);
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

    /// <summary>The two ends, for the table of connections.</summary>
    internal FlowKey Key { get; }

    /// <summary>Number of the last frame that belongs to it.</summary>
    internal int LastFrame { get; private set; }

    /// <summary>What it has to do with rexec, or null for nothing.</summary>
    internal TrackedExchange? Tracked { get; set; }

    /// <summary>True once another connection has the same ends: nothing more comes of this one.</summary>
    internal bool IsReplaced { get; set; }

    /// <summary>True once both sides have ended it, or one has reset it.</summary>
    internal bool Over => IsReplaced || (_first.Rst ?? _second.Rst) is not null || (_first.Fin is not null && _second.Fin is not null);

    /// <summary>What one side sent.</summary>
    public TcpDirection From(HostPort side) => side == _first.From ? _first : _second;

    /// <summary>True when this SYN, or answer to one, cannot belong here: the same ports are used a second time.</summary>
    internal bool StartsAnew(in TcpSegment segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != TcpFlags.Syn)
        {
            return false;
        }

        var same = From(segment.Source);
        return Over || (same.StartKnown ? !same.IsStart(segment.Sequence) : _forgotten || same.StartsElsewhere(segment.Sequence));
    }

    /// <summary>Something in the place of a connection that was told, so that what may still come after it is no new one.</summary>
    internal TcpConnection Tombstone() => new(this);

    /// <summary>Lets go of all bytes. Ends are still noted.</summary>
    internal void Forget()
    {
        if (!_forgotten)
        {
            _forgotten = true;
            _budget?.Give(Overhead, garbage: Overhead);
            _first.Release();
            _second.Release();
        }
    }

    /// <summary>Settles who was connected to by its port, where no SYN tells.</summary>
    internal void AssumeResponder(int port)
    {
        if (!_initiatorKnown && (_first.From.Port == port) != (_second.From.Port == port))
        {
            _firstIsInitiator = _second.From.Port == port;
        }
    }

    internal void Add(in TcpSegment segment, CaptureMark mark)
    {
        LastFrame = mark.Frame;
        var fromFirst = segment.Source == _first.From;
        var (sender, receiver) = fromFirst ? (_first, _second) : (_second, _first);
        if (_forgotten)
        {
            sender.AddEnd(segment, mark);
            return;
        }

        var (syn, ack) = ((segment.Flags & TcpFlags.Syn) != 0, (segment.Flags & TcpFlags.Ack) != 0);
        if (syn && !_initiatorKnown)
        {
            // A SYN comes from the initiator, a SYN with ACK goes to it.
            _firstIsInitiator = fromFirst != ack;
            _initiatorKnown = true;
        }

        if (ack)
        {
            receiver.AddAcknowledgment(segment.Acknowledgment, syn, mark.Frame);
        }

        sender.Add(segment, mark);
        if (Established is null && sender == FromInitiator && (segment.Flags & (TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Ack)
        {
            Established = mark;
        }
    }
}
