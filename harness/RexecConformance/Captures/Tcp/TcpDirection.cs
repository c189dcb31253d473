namespace RexecConformance.Captures.Tcp;

/// <summary>One direction of a TCP connection: what one side sent, put in order.</summary>
/// <remarks>
/// Offsets count from the first byte after the SYN, or from the first byte seen where the file has no SYN. Pieces are kept
/// as they come and ordered by place; where two copies of a byte exist, the first in the file is the one that counts.
/// </remarks>
public sealed class TcpDirection
{
    private readonly SequenceSpace _space = new();
    private readonly PieceList _pieces = new();
    private readonly List<(int Frame, long Place)> _acks = [];
    private long? _syn;
    private long? _fin;
    private long _wireEnd = long.MinValue;
    private long _acked = long.MinValue;
    private StreamContents? _contents;

    internal TcpDirection(Packets.HostPort from) => From = from;

    /// <summary>The sender.</summary>
    public Packets.HostPort From { get; }

    /// <summary>True when the file has the SYN or the answer to it, so that offset 0 is the first byte ever sent.</summary>
    public bool StartKnown => _syn is not null;

    /// <summary>When the SYN was captured.</summary>
    public CaptureMark? Syn { get; private set; }

    /// <summary>When the FIN was captured.</summary>
    public CaptureMark? Fin { get; private set; }

    /// <summary>When the first RST was captured.</summary>
    public CaptureMark? Rst { get; private set; }

    /// <summary>Bytes that were captured again after the first time.</summary>
    public long RepeatedBytes => _pieces.Repeated;

    /// <summary>Segments by place in the stream, as the sender cut them (a repeated byte belongs to the first copy).</summary>
    public IReadOnlyList<StreamPiece> Pieces => Contents.Pieces;

    /// <summary>The holes, by place.</summary>
    public IReadOnlyList<LostBytes> Lost => Contents.Lost;

    /// <summary>The bytes before the first hole.</summary>
    public ReadOnlyMemory<byte> Prefix => Contents.Prefix;

    /// <summary>All bytes that are known, without the holes.</summary>
    public byte[] KnownBytes() => Contents.Known();

    /// <summary>Bytes sent, with the lost ones.</summary>
    public long Length => Contents.Length;

    /// <summary>How it ended: whichever of FIN and RST came first in the file.</summary>
    public EndOfStream End => (Fin, Rst) switch
    {
        (null, null) => EndOfStream.None,
        ({ } fin, { } rst) => fin.Frame <= rst.Frame ? EndOfStream.Fin : EndOfStream.Rst,
        ({ }, null) => EndOfStream.Fin,
        _ => EndOfStream.Rst,
    };

    /// <summary>When it ended, by <see cref="End"/>.</summary>
    public CaptureMark? EndMark => End == EndOfStream.Rst ? Rst : Fin;

    private StreamContents Contents => _contents ??= StreamContents.Of(_pieces.Items, _syn + 1 ?? FirstPlace(), Limit(), _fin is not null, _acked);

    /// <summary>How many bytes of this direction the other side had acknowledged by this frame (itself included).</summary>
    /// <param name="frame">A frame number.</param>
    /// <param name="end">True when the end (FIN) was acknowledged as well.</param>
    public long AcknowledgedAt(int frame, out bool end)
    {
        var start = Contents.Start;
        // Of several in one frame (there is but one) any would do; ~index is the first later one.
        var index = _acks.BinarySearch((frame, long.MaxValue));
        index = index < 0 ? ~index - 1 : index;
        var place = index < 0 ? start : _acks[index].Place;
        end = _fin is { } fin && place > fin;
        return Math.Clamp(place - start, 0, Contents.Length);
    }

    internal bool IsStart(uint number) => _syn == _space.Place(number);

    internal void Add(in Packets.TcpSegment segment, CaptureMark mark)
    {
        _contents = null;
        var place = _space.Place(segment.Sequence);
        if (segment.Flags.HasFlag(Packets.TcpFlags.Rst))
        {
            // A reset's data is a message for people (RFC 9293, section 3.5.3), never part of the stream.
            Rst ??= mark;
            return;
        }

        if (segment.Flags.HasFlag(Packets.TcpFlags.Syn))
        {
            Syn ??= mark;
            _syn ??= place;
            place++;
        }

        var end = place + segment.WireLength;
        _pieces.Add(place, segment.Data, mark);
        _space.Reached(end);
        _wireEnd = Math.Max(_wireEnd, end);
        if (segment.Flags.HasFlag(Packets.TcpFlags.Fin))
        {
            Fin ??= mark;
            _fin ??= end;
        }
    }

    internal void AddAcknowledgment(uint number, bool ofSyn, int frame)
    {
        var place = _space.Place(number);
        if (ofSyn && _syn is null)
        {
            _contents = null;
            _syn = place - 1;
        }

        if (place > _acked)
        {
            _contents = null;
            _acked = place;
            _acks.Add((frame, place));
        }
    }

    // Without a SYN the stream begins with the earliest byte that is known of, be it only by its acknowledgment.
    private long FirstPlace()
    {
        var first = _acks.Count > 0 ? _acks[0].Place : long.MaxValue;
        first = _pieces.Items.IsEmpty ? first : Math.Min(first, _pieces.Items[0].Offset);
        return first == long.MaxValue ? 0 : first;
    }

    // An acknowledged FIN counts as one byte more, which is none of the stream's.
    private long Limit() => _fin ?? Math.Max(_wireEnd, _acked);
}
