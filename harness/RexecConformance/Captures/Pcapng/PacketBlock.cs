namespace RexecConformance.Captures.Pcapng;

/// <summary>Where each of the three packet blocks keeps what they have in common.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, sections 4.3, 4.4 and appendix A (the obsolete one).</remarks>
internal readonly ref struct PacketBlock
{
    public const uint Enhanced = 6;
    public const uint Simple = 3;
    public const uint Obsolete = 2;

    private const int EnhancedHeader = 28;
    private const int SimpleHeader = 12;

    public uint Interface { get; private init; }

    /// <summary>In units of the interface; the simple block has none.</summary>
    public ulong Timestamp { get; private init; }

    /// <summary>Length in the file; for a simple block what the interface's snap length leaves has still to be worked out.</summary>
    public uint Captured { get; private init; }

    public uint Wire { get; private init; }

    /// <summary>Bytes from the start of the block to the packet.</summary>
    public int DataOffset { get; private init; }

    public static int SmallestLength(uint type) => (type == Simple ? SimpleHeader : EnhancedHeader) + sizeof(uint);

    /// <param name="type">One of the three.</param>
    /// <param name="block">At least <see cref="SmallestLength"/> bytes.</param>
    /// <param name="bigEndian">The section's byte order.</param>
    public static PacketBlock Read(uint type, ReadOnlySpan<byte> block, bool bigEndian)
    {
        if (type == Simple)
        {
            var length = PcapngBlocks.Read32(block[8..], bigEndian);
            return new PacketBlock { Captured = length, Wire = length, DataOffset = SimpleHeader };
        }

        return new PacketBlock
        {
            // The obsolete block: interface(2), drops(2).
            Interface = type == Enhanced ? PcapngBlocks.Read32(block[8..], bigEndian) : PcapngBlocks.Read16(block[8..], bigEndian),
            Timestamp = ((ulong)PcapngBlocks.Read32(block[12..], bigEndian) << 32) | PcapngBlocks.Read32(block[16..], bigEndian),
            Captured = PcapngBlocks.Read32(block[20..], bigEndian),
            Wire = PcapngBlocks.Read32(block[24..], bigEndian),
            DataOffset = EnhancedHeader,
        };
    }
}
