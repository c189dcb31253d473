using System.Buffers.Binary;

namespace RexecConformance.Captures;

/// <summary>The classic format: a header of 24 bytes, then records of 16 bytes and data. Either byte order, micro- or nanoseconds.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcap, sections 4 and 5.</remarks>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private readonly int _linkType;
    private int _number;

    private PcapReader(CaptureBuffer buffer, bool bigEndian, bool nanoseconds, int linkType)
        : base(buffer)
    {
        (_bigEndian, _nanoseconds, _linkType) = (bigEndian, nanoseconds, linkType);
    }

    public override string Format => _nanoseconds ? "pcap, nanoseconds" : "pcap";

    public static PcapReader Open(CaptureBuffer buffer)
    {
        if (!buffer.Fill(FileHeader))
        {
            throw new CaptureFormatException($"not a capture: its header of {FileHeader} bytes is cut short at {buffer.Available}");
        }

        var header = buffer.Span;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var bigEndian = magic is 0xa1b2c3d4 or 0xa1b23c4d;
        var nanoseconds = magic is 0xa1b23c4d or 0x4d3cb2a1;
        var major = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        var minor = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        // Before 2.3 the two lengths of a record were the other way round; no such file is known from this side of 1990.
        if (major != 2 || minor < 3)
        {
            throw new CaptureFormatException($"pcap version {major}.{minor} is not read (only 2.3 and 2.4)");
        }

        // The upper bits say how long the frame check sequence is; IP's own length cuts that off anyway.
        var linkType = (int)(Read32(header[20..], bigEndian) & 0x03ff_ffff);
        buffer.Advance(FileHeader);
        return new PcapReader(buffer, bigEndian, nanoseconds, linkType);
    }

    public override bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (Fault is not null)
        {
            return false;
        }

        if (!Buffer.Fill(RecordHeader))
        {
            return Buffer.Available == 0 ? false : Stop($"a record's header of {RecordHeader} bytes is cut short at {Buffer.Available}");
        }

        var header = Buffer.Span;
        var captured = Read32(header[8..], _bigEndian);
        if (captured > LargestPacket)
        {
            return Stop($"a record claims {captured} bytes, more than any packet has ({LargestPacket}); nothing after it is read");
        }

        if (!Buffer.Fill(RecordHeader + (int)captured))
        {
            return Stop($"a packet of {captured} bytes is cut short at {Buffer.Available - RecordHeader}");
        }

        header = Buffer.Span;
        var seconds = Read32(header, _bigEndian);
        var fraction = Read32(header[4..], _bigEndian);
        var wire = Read32(header[12..], _bigEndian);
        packet = new CapturedPacket
        {
            Number = ++_number,
            FileOffset = Buffer.Offset,
            Nanoseconds = (seconds * 1_000_000_000L) + (_nanoseconds ? fraction : fraction * 1000L),
            LinkType = _linkType,
            // A wire length below the captured one, or beyond belief, is some writer's mistake and says nothing about the data.
            MissingBytes = wire > captured && wire <= LargestPacket ? (int)(wire - captured) : 0,
            Data = header.Slice(RecordHeader, (int)captured),
        };
        Buffer.Advance(RecordHeader + (int)captured);
        return true;
    }

    private static uint Read32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private bool Stop(string message)
    {
        Fault = new CaptureFault(Buffer.Offset, message);
        return false;
    }
}
