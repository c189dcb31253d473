namespace RexecConformance.Captures.Pcapng;

/// <summary>The newer format: blocks, in sections that each have their own byte order and interfaces.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng.</remarks>
internal sealed class PcapngReader : CaptureReader
{
    /// <summary>The type of a section header block, the same in either byte order.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;

    private const uint InterfaceDescription = 1;
    private const int SmallestInterface = 20;

    // What is kept must not grow with the file; no machine has as many.
    private const int MostInterfaces = 65_536;

    private readonly List<PcapngInterface> _interfaces = [];
    private bool _bigEndian;
    private int _number;

    private PcapngReader(CaptureBuffer buffer)
        : base(buffer)
    {
    }

    private protected override string RecordFormat => "pcapng";

    public static PcapngReader Open(CaptureBuffer buffer)
    {
        var reader = new PcapngReader(buffer);
        return reader.ReadBlock(out _, out _) is { } message
            ? throw new CaptureFormatException("not a capture: " + (buffer.Damage ?? message))
            : reader;
    }

    public override bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        while (Fault is null)
        {
            if (Buffer.Available == 0 && !Buffer.Fill(1))
            {
                return End(null, Buffer.Offset);
            }

            var start = Buffer.Offset;
            var message = ReadBlock(out packet, out var isPacket);
            if (message is not null)
            {
                return End(message, start);
            }

            if (isPacket)
            {
                return true;
            }
        }

        return false;
    }

    // Reads one block of any type; returns what is wrong with it, or null.
    private string? ReadBlock(out CapturedPacket packet, out bool isPacket)
    {
        packet = default;
        isPacket = false;
        if (!Buffer.Fill(PcapngBlocks.Frame))
        {
            return $"a block's header is cut short at {Buffer.Available}";
        }

        var type = PcapngBlocks.Read32(Buffer.Span, _bigEndian);
        if (type == SectionHeader && PcapngBlocks.ReadByteOrder(Buffer.Span, out _bigEndian) is { } order)
        {
            return order;
        }

        var written = PcapngBlocks.Read32(Buffer.Span[4..], _bigEndian);
        if (PcapngBlocks.CheckLength(written, out var length) is { } problem)
        {
            return problem;
        }

        if (type is not (PacketBlock.Enhanced or PacketBlock.Simple or PacketBlock.Obsolete or InterfaceDescription or SectionHeader))
        {
            return SkipBlock(written, length);
        }

        if (length > CaptureBuffer.Size)
        {
            return $"a block of type {type} claims {written} bytes, more than any of its type has ({CaptureBuffer.Size})";
        }

        if (!Buffer.Fill(length))
        {
            return $"a block of {length} bytes is cut short at {Buffer.Available}";
        }

        var block = Buffer.Span[..length];
        if (CheckTrailer(block[^4..], written) is { } mismatch)
        {
            return mismatch;
        }

        string? message;
        switch (type)
        {
            case SectionHeader:
                message = PcapngBlocks.CheckVersion(block, _bigEndian);
                _interfaces.Clear();
                break;
            case InterfaceDescription:
                message = AddInterface(block);
                break;
            default:
                message = ReadPacket(type, block, out packet);
                isPacket = message is null;
                break;
        }

        if (message is null)
        {
            Buffer.Advance(length);
        }

        return message;
    }

    private string? SkipBlock(uint written, int length)
    {
        var start = Buffer.Offset;
        if (!Buffer.Skip(length - sizeof(uint)) || !Buffer.Fill(sizeof(uint)))
        {
            return $"a block of {length} bytes is cut short at {Buffer.Offset + Buffer.Available - start}";
        }

        if (CheckTrailer(Buffer.Span, written) is { } mismatch)
        {
            return mismatch;
        }

        Buffer.Advance(sizeof(uint));
        return null;
    }

    private string? CheckTrailer(ReadOnlySpan<byte> trailer, uint written)
    {
        var again = PcapngBlocks.Read32(trailer, _bigEndian);
        return again == written ? null
            : written % 4 == 0 ? $"a block's two lengths differ: {written} before it, {again} after it"
            : $"a block's length of {written} is no multiple of 4";
    }

    private string? AddInterface(ReadOnlySpan<byte> block)
    {
        if (block.Length < SmallestInterface)
        {
            return $"an interface description of {block.Length} bytes is shorter than {SmallestInterface}";
        }

        if (_interfaces.Count == MostInterfaces)
        {
            return $"a section has more than {MostInterfaces} interfaces";
        }

        _interfaces.Add(PcapngInterface.Read(block[8..^4], _bigEndian));
        return null;
    }

    private string? ReadPacket(uint type, ReadOnlySpan<byte> block, out CapturedPacket packet)
    {
        packet = default;
        if (block.Length < PacketBlock.SmallestLength(type))
        {
            return $"a packet block of {block.Length} bytes is shorter than {PacketBlock.SmallestLength(type)}";
        }

        var header = PacketBlock.Read(type, block, _bigEndian);
        if (header.Interface >= (uint)_interfaces.Count)
        {
            return $"a packet is of interface {header.Interface}, and the section has described {_interfaces.Count} so far";
        }

        var from = _interfaces[(int)header.Interface];
        var captured = header.Captured;
        if (type == PacketBlock.Simple && from.SnapLength != 0)
        {
            captured = Math.Min(captured, from.SnapLength);
        }

        if (captured > LargestPacket)
        {
            return $"a packet claims {captured} bytes, more than any has ({LargestPacket}); nothing after it is read";
        }

        if (captured > block.Length - PacketBlock.SmallestLength(type))
        {
            return $"a packet of {captured} bytes does not fit its block of {block.Length}";
        }

        var end = header.DataOffset + (int)captured;
        var options = Math.Min((end + 3) & ~3, block.Length - sizeof(uint));
        packet = new CapturedPacket
        {
            Number = ++_number,
            FileOffset = Buffer.Offset,
            Nanoseconds = type == PacketBlock.Simple ? 0 : from.Unit.ToNanoseconds(header.Timestamp),
            LinkType = from.LinkType,
            // A wire length below the captured one, or beyond belief, is some writer's mistake and says nothing about the data.
            MissingBytes = header.Wire > captured && header.Wire <= LargestPacket ? (int)(header.Wire - captured) : 0,
            Data = block[header.DataOffset..end],
            Interface = from.Name,
            Options = type == PacketBlock.Simple ? default : new PcapngOptions(block[options..^4], _bigEndian),
        };
        return null;
    }
}
