namespace RexecConformance.Captures.Gzip;

/// <summary>The checksum of gzip (RFC 1952, section 8), eight bytes at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private const int Lanes = 8;
    private static readonly uint[] Table = MakeTable();

    /// <param name="crc">0, or what came out for the bytes before.</param>
    /// <param name="bytes">The next bytes.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        crc = ~crc;
        while (bytes.Length >= Lanes)
        {
            crc ^= (uint)(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24));
            crc = table[0x700 + (crc & 0xff)] ^ table[0x600 + ((crc >> 8) & 0xff)] ^ table[0x500 + ((crc >> 16) & 0xff)] ^ table[0x400 + (crc >> 24)]
                ^ table[0x300 + bytes[4]] ^ table[0x200 + bytes[5]] ^ table[0x100 + bytes[6]] ^ table[bytes[7]];
            bytes = bytes[Lanes..];
        }

        foreach (var one in bytes)
        {
            crc = (crc >> 8) ^ table[(byte)(crc ^ one)];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256 * Lanes];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }

            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xff];
        }

        return table;
    }
}
