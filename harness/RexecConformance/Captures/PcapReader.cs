using System.Buffers.Binary;

namespace RexecConformance.Captures;

/// <summary>
/// The classic format: a header of 24 bytes, then records of 16 bytes and data. Either byte order, micro- or nanoseconds; and the
/// "modified" one that some Linux versions of 1999 wrote, whose records have eight more bytes.
/// </summary>
/// <remarks>Source: draft-ietf-opsawg-pcap, sections 4 and 5; for the modified format Wireshark's wiretap/libpcap.h.</remarks>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeader = 24;
    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    // interface(4) protocol(2) packet-type(1) pad(1) after the usual record header
    private const uint Modified = 0xa1b2cd34;

    private readonly uint _magic;
    private readonly bool _bigEndian;
    private readonly int _linkType;
    private readonly int _recordHeader;
    // Version 2.3 was written with the two lengths of a record in either order.
    private readonly bool _swappable;
    private int _number;

    private PcapReader(CaptureBuffer buffer, uint magic, bool bigEndian, int linkType, bool swappable)
        : base(buffer)
    {
        (_magic, _bigEndian, _linkType, _swappable) = (magic, bigEndian, linkType, swappable);
        _recordHeader = magic == Modified ? 24 : 16;
    }

    private protected override string RecordFormat => _magic switch
    {
        Nanoseconds => "pcap, nanoseconds",
        Modified => "pcap, modified",
        _ => "pcap",
    };

    public static bool Knows(uint magic) => IsMagic(magic) || IsMagic(BinaryPrimitives.ReverseEndianness(magic));

    public static PcapReader Open(CaptureBuffer buffer)
    {
        if (!buffer.Fill(FileHeader))
        {
            throw new CaptureFormatException("not a capture: " + (buffer.Damage ?? $"its header of {FileHeader} bytes is cut short at {buffer.Available}"));
        }

        var header = buffer.Span;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var bigEndian = IsMagic(magic);
        var major = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        var minor = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        // Before 2.3 link types had other numbers on some systems, so that a guess could be wrong without a sign of it.
        if (major != 2 || minor < 3)
        {
            throw new CaptureFormatException($"pcap version {major}.{minor} is not read (only 2.3 and 2.4)");
        }

        // The upper bits say how long the frame check sequence is; IP's own length cuts that off anyway.
        var linkType = (int)(Read32(header[20..], bigEndian) & 0x03ff_ffff);
        buffer.Advance(FileHeader);
        return new PcapReader(buffer, bigEndian ? magic : BinaryPrimitives.ReverseEndianness(magic), bigEndian, linkType, minor == 3);
    }

    public override bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (Fault is not null)
        {
            return false;
        }

        if (!Buffer.Fill(_recordHeader))
        {
            return End(Buffer.Available == 0 ? null : $"a record's header of {_recordHeader} bytes is cut short at {Buffer.Available}", Buffer.Offset);
        }

        var header = Buffer.Span;
        var captured = Read32(header[8..], _bigEndian);
        var wire = Read32(header[12..], _bigEndian);
        if (_swappable && captured > wire)
        {
            (captured, wire) = (wire, captured);
        }

        if (captured > LargestPacket)
        {
            return End($"a record claims {captured} bytes, more than any packet has ({LargestPacket}); nothing after it is read", Buffer.Offset);
        }

        var length = _recordHeader + (int)captured;
        if (!Buffer.Fill(length))
        {
            return End($"a packet of {captured} bytes is cut short at {Buffer.Available - _recordHeader}", Buffer.Offset);
        }

        header = Buffer.Span;
        var fraction = Read32(header[4..], _bigEndian);
        packet = new CapturedPacket
        {
            Number = ++_number,
            FileOffset = Buffer.Offset,
            Nanoseconds = (Read32(header, _bigEndian) * 1_000_000_000L) + (_magic == Nanoseconds ? fraction : fraction * 1000L),
            LinkType = _linkType,
            // A wire length below the captured one, or beyond belief, is some writer's mistake and says nothing about the data.
            MissingBytes = wire > captured && wire <= LargestPacket ? (int)(wire - captured) : 0,
            Data = header[_recordHeader..length],
        };
        Buffer.Advance(length);
        return true;
    }

    private static bool IsMagic(uint magic) => magic is Microseconds or Nanoseconds or Modified;

    private static uint Read32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
