namespace RexecConformance.Captures.Gzip;

/// <summary>The two codes of a block, fixed or sent, and what the symbols of a match stand for.</summary>
/// <remarks>Source: RFC 1951, sections 3.2.5 to 3.2.7.</remarks>
internal static class DeflateCodes
{
    public const int EndOfBlock = 256;

    /// <summary>A length code (15) with extra bits (5) and a distance code (15) with extra bits (13).</summary>
    public const int LongestMatchBits = 48;

    private const int FirstLength = 257;

    private static ReadOnlySpan<ushort> LengthBase => [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtra => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static ReadOnlySpan<byte> DistanceExtra => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    // The order in which the lengths of the code for code lengths are sent.
    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    public static string? SetFixed(HuffmanCode literals, HuffmanCode distances)
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        literals.TrySet(lengths);
        // 30 and 31 complete the code and stand for nothing.
        lengths[..32].Fill(5);
        distances.TrySet(lengths[..32]);
        return null;
    }

    /// <summary>Reads the codes that a block of type 2 sends; returns what is wrong with them, or null. That the file is cut short is for the caller to see.</summary>
    public static string? Read(BitSource bits, HuffmanCode literals, HuffmanCode distances)
    {
        const string Damaged = "a block's codes are damaged";
        var literalCount = bits.Take(5) + 257;
        var distanceCount = bits.Take(5) + 1;
        var lengthCount = bits.Take(4) + 4;
        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (var i = 0; i < lengthCount; i++)
        {
            lengths[LengthOrder[i]] = (byte)bits.Take(3);
        }

        // The code for code lengths is used up before the literals' is set.
        if (literalCount > 286 || distanceCount > 30 || !literals.TrySet(lengths[..19]))
        {
            return Damaged;
        }

        lengths.Clear();
        for (var i = 0; i < literalCount + distanceCount;)
        {
            var entry = literals.Find(bits.Peek(HuffmanCode.LongestCode));
            bits.Drop(entry == 0 ? HuffmanCode.LongestCode : entry & 15);
            var symbol = entry >> 4;
            if (entry == 0 || bits.Overrun || (symbol == 16 && i == 0))
            {
                return Damaged;
            }

            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            var (value, repeat) = symbol switch
            {
                16 => (lengths[i - 1], 3 + bits.Take(2)),
                17 => ((byte)0, 3 + bits.Take(3)),
                _ => ((byte)0, 11 + bits.Take(7)),
            };
            if (i + repeat > literalCount + distanceCount)
            {
                return Damaged;
            }

            lengths.Slice(i, repeat).Fill(value);
            i += repeat;
        }

        return lengths[EndOfBlock] != 0 && literals.TrySet(lengths[..literalCount]) && distances.TrySet(lengths.Slice(literalCount, distanceCount))
            ? null
            : Damaged;
    }

    /// <summary>Reads a match from the next 48 bits.</summary>
    public static bool TryReadMatch(ulong bits, int entry, HuffmanCode distances, out int length, out int distance, out int taken)
    {
        (length, distance, taken) = (0, 0, entry & 15);
        var symbol = (entry >> 4) - FirstLength;
        if ((uint)symbol >= (uint)LengthBase.Length)
        {
            return false;
        }

        bits >>= taken;
        int extra = LengthExtra[symbol];
        length = LengthBase[symbol] + (int)(bits & ((1UL << extra) - 1));
        bits >>= extra;
        taken += extra;
        entry = distances.Find(bits);
        symbol = entry >> 4;
        if (entry == 0 || symbol >= DistanceBase.Length)
        {
            return false;
        }

        bits >>= entry & 15;
        extra = DistanceExtra[symbol];
        distance = DistanceBase[symbol] + (int)(bits & ((1UL << extra) - 1));
        taken += (entry & 15) + extra;
        return true;
    }
}
