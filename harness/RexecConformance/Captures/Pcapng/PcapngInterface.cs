using System.Buffers.Binary;
using System.Text;

namespace RexecConformance.Captures.Pcapng;

/// <summary>An interface description block, as far as packets depend on it.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, section 4.2.</remarks>
internal sealed record PcapngInterface(int LinkType, uint SnapLength, TimestampUnit Unit, string? Name)
{
    private const int NameOption = 2;
    private const int ResolutionOption = 9;
    private const int OffsetOption = 14;
    private const int LongestName = 64;

    /// <param name="body">After the block's type and length: link type(2) reserved(2) snap length(4) options.</param>
    /// <param name="bigEndian">The section's byte order.</param>
    public static PcapngInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        byte resolution = 6;
        long offset = 0;
        string? name = null;
        foreach (var option in new PcapngOptions(body[8..], bigEndian))
        {
            var value = option.Value;
            switch (option.Code)
            {
                case NameOption:
                    name = Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestName)]);
                    break;
                case ResolutionOption when value.Length == 1:
                    resolution = value[0];
                    break;
                case OffsetOption when value.Length == 8:
                    offset = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
                    break;
            }
        }

        return new PcapngInterface(
            bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(body) : BinaryPrimitives.ReadUInt16LittleEndian(body),
            bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
            new TimestampUnit(resolution, offset),
            name);
    }
}
