using System.Buffers.Binary;

namespace RexecConformance.Captures.Pcapng;

/// <summary>
/// What all blocks have in common: type(4), total length(4), body, total length(4) again; and the section header, which says in
/// which byte order that is.
/// </summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, sections 3.1 and 4.1. Each method returns what is wrong, or null.</remarks>
internal static class PcapngBlocks
{
    /// <summary>Type and both lengths.</summary>
    public const int Frame = 12;

    /// <summary>No block longer than this is believed, as in Wireshark. A longer one is a damaged length.</summary>
    public const int Largest = 16 * 1024 * 1024;

    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int SmallestSectionHeader = 28;

    /// <summary>The byte order of a section header's block, from the magic number at its bytes 8 to 11.</summary>
    public static string? ReadByteOrder(ReadOnlySpan<byte> block, out bool bigEndian)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(block[8..]);
        bigEndian = magic == ByteOrderMagic;
        return bigEndian || magic == BinaryPrimitives.ReverseEndianness(ByteOrderMagic)
            ? null
            : $"a section header has byte order {magic:x8}, not 1a2b3c4d or 4d3c2b1a";
    }

    public static string? CheckVersion(ReadOnlySpan<byte> sectionHeader, bool bigEndian)
    {
        if (sectionHeader.Length < SmallestSectionHeader)
        {
            return $"a section header of {sectionHeader.Length} bytes is shorter than {SmallestSectionHeader}";
        }

        var major = Read16(sectionHeader[12..], bigEndian);
        var minor = Read16(sectionHeader[14..], bigEndian);
        // 1.2 is 1.0 written by mistake: the document says to take it.
        return major == 1 && minor is 0 or 2 ? null : $"pcapng version {major}.{minor} is not read (only 1.0)";
    }

    /// <summary>The length to the end of the block, with the padding that some writers leave out of the length that they write.</summary>
    public static string? CheckLength(uint written, out int length)
    {
        length = (int)((written + 3) & ~3u);
        return written switch
        {
            < Frame => $"a block claims {written} bytes, fewer than its frame of {Frame} has",
            > Largest => $"a block claims {written} bytes, more than any has ({Largest}); nothing after it is read",
            _ => null,
        };
    }

    public static ushort Read16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public static uint Read32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
