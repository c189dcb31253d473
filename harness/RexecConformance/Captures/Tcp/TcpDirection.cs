namespace RexecConformance.Captures.Tcp;

/// <summary>One direction of a TCP connection: what one side sent, put in order.</summary>
/// <remarks>
/// Offsets count from the first byte after the SYN, or from the first byte seen where the file has no SYN. Where two copies of a
/// byte exist, the first in the file is the one that counts.
/// </remarks>
public sealed class TcpDirection
{
    private static readonly KeepBudget NoBudget = new(KeepLimits.Default with { Total = 0 });

    private readonly SequenceSpace _space = new();
    private readonly KeepBudget _budget;
    private StreamAssembler? _assembler;
    private List<(int Frame, long Place)>? _acks;
    private long? _syn;
    private long? _fin;
    private long _wireEnd = long.MinValue;
    private long _acked = long.MinValue;
    private StreamContents? _contents;

    // What came with the SYN, until it is acknowledged or not.
    private StreamPiece? _withSyn;

    internal TcpDirection(Packets.HostPort from, KeepBudget budget) => (From, _budget) = (from, budget);

    /// <summary>A direction that keeps nothing.</summary>
    internal TcpDirection(Packets.HostPort from)
        : this(from, NoBudget)
    {
    }

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

    /// <summary>
    /// What the first RST carries, up to 1460 bytes: a message for people (RFC 9293, section 3.5.3), never part of the stream, as no
    /// receiver is given it. tshark shows it as if it were.
    /// </summary>
    public ReadOnlyMemory<byte> ResetData { get; private set; }

    /// <summary>Bytes that were captured again after the first time.</summary>
    public long RepeatedBytes => _assembler?.Repeated ?? 0;

    /// <summary>
    /// True while every captured byte is in <see cref="Pieces"/>; false for a stream over <see cref="KeepLimits"/>, of which the
    /// beginning is there. <see cref="Length"/> and <see cref="Lost"/> are of the whole stream all the same.
    /// </summary>
    public bool KeptWhole => _assembler?.KeptWhole ?? true;

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

    /// <summary>True once any data was captured.</summary>
    internal bool HasData => _assembler is { IsEmpty: false };

    private StreamAssembler Assembler => _assembler ??= new StreamAssembler(_budget);

    private StreamContents Contents => _contents ??= StreamContents.Of(_assembler, _syn + 1 ?? FirstPlace(), Limit(), _fin is not null, _acked);

    /// <summary>How many bytes of this direction the other side had acknowledged by this frame (itself included).</summary>
    /// <param name="frame">A frame number.</param>
    /// <param name="end">True when the end (FIN) was acknowledged as well.</param>
    public long AcknowledgedAt(int frame, out bool end)
    {
        var start = Contents.Start;
        // Of several in one frame (there is but one) any would do; ~index is the first later one.
        var index = _acks?.BinarySearch((frame, long.MaxValue)) ?? -1;
        index = index < 0 ? ~index - 1 : index;
        var place = index < 0 ? start : _acks![index].Place;
        end = _fin is { } fin && place > fin;
        return Math.Clamp(place - start, 0, Contents.Length);
    }

    internal bool IsStart(uint number) => _syn == _space.Place(number);

    /// <summary>True if a stream that starts here can't be this one, of which no start is known: it begins after bytes that were captured.</summary>
    internal bool StartsElsewhere(uint number) => HasData && (_space.Place(number) + 1 > _assembler!.First || _space.Place(number) + FarAway < _assembler.First);

    private const int LongestResetData = 1460;
    private const int LongestWithSyn = 1460;

    // A reset counts if its number is one that the sender could have come to; farther off, no system takes it (RFC 5961).
    private const int FarthestReset = 1 << 18;

    // The start of a stream that was captured late is at most a window away from its first bytes.
    private const int FarAway = 1 << 20;

    internal void Add(in Packets.TcpSegment segment, CaptureMark mark)
    {
        _contents = null;
        var place = _space.Place(segment.Sequence);
        if ((segment.Flags & (Packets.TcpFlags.Rst | Packets.TcpFlags.Syn)) != 0)
        {
            if ((segment.Flags & Packets.TcpFlags.Rst) != 0)
            {
                if (Rst is null && (Reached == long.MinValue || place - Reached <= FarthestReset))
                {
                    Rst = mark;
                    ResetData = segment.Data[..Math.Min(segment.Data.Length, LongestResetData)].ToArray();
                }

                return;
            }

            Syn ??= mark;
            SetStart(place++);
        }

        var end = place + segment.WireLength;
        if (!segment.Data.IsEmpty)
        {
            if ((segment.Flags & Packets.TcpFlags.Syn) != 0)
            {
                _withSyn ??= new StreamPiece(place, segment.Data[..Math.Min(segment.Data.Length, LongestWithSyn)].ToArray(), mark, segment.WireLength);
                end = place;
            }
            else
            {
                // Where no acknowledgment is in the file, where the sender goes on tells.
                SettleSynData(place);
                Assembler.Add(place, segment.Data, mark);
            }
        }

        _space.Reached(end);
        _wireEnd = Math.Max(_wireEnd, end);
        if ((segment.Flags & Packets.TcpFlags.Fin) != 0)
        {
            Fin ??= mark;
            _fin ??= end;
        }
    }

    internal void AddAcknowledgment(uint number, bool ofSyn, int frame)
    {
        var place = _space.Place(number);
        if (ofSyn)
        {
            SetStart(place - 1);
        }

        SettleSynData(place);
        if (place > _acked)
        {
            _contents = null;
            _acked = place;
            Assembler.Acknowledge(place);
            if (_assembler!.TryCharge(16))
            {
                (_acks ??= []).Add((frame, place));
            }
        }
    }

    /// <summary>Notes an end, and nothing else.</summary>
    internal void AddEnd(in Packets.TcpSegment segment, CaptureMark mark)
    {
        Rst ??= (segment.Flags & Packets.TcpFlags.Rst) != 0 ? mark : null;
        Fin ??= (segment.Flags & Packets.TcpFlags.Fin) != 0 ? mark : null;
    }

    /// <summary>Lets go of all that was captured.</summary>
    internal void Release()
    {
        _assembler?.Release();
        (_assembler, _acks, _contents) = (null, null, null);
    }

    /// <summary>Lets go of what was worked out, not of what was captured: it can be worked out again.</summary>
    internal void ForgetContents() => _contents = null;

    // Data that comes with a SYN (TCP Fast Open, RFC 7413) counts as far as it is acknowledged; the rest was dropped, and is sent again.
    private void SettleSynData(long taken)
    {
        if (_withSyn is { } early)
        {
            _withSyn = null;
            _contents = null;
            var count = (int)Math.Clamp(taken - early.Offset, 0, early.Bytes.Length);
            if (count > 0)
            {
                Assembler.Add(early.Offset, early.Bytes.Span[..count], early.Mark);
            }
        }
    }

    private void SetStart(long syn)
    {
        if (_syn is null)
        {
            _contents = null;
            _syn = syn;
            Assembler.SetStart(syn + 1);
        }
    }

    // Without a SYN the stream begins with the earliest byte that is known of, be it only by its acknowledgment.
    private long FirstPlace()
    {
        var first = _acks is { Count: > 0 } ? _acks[0].Place : long.MaxValue;
        first = HasData ? Math.Min(first, _assembler!.First) : first;
        return first == long.MaxValue ? 0 : first;
    }

    // An acknowledged FIN counts as one byte more, which is none of the stream's.
    private long Limit() => _fin ?? Reached;

    // The place after the last byte that is known of.
    private long Reached => Math.Max(_wireEnd, _acked);
}
