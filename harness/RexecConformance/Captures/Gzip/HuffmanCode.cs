namespace RexecConformance.Captures.Gzip;

/// <summary>A canonical Huffman code as a table: the next 15 bits give the symbol and how many of them it took.</summary>
/// <remarks>Source: RFC 1951, section 3.2.2.</remarks>
internal sealed class HuffmanCode
{
    public const int LongestCode = 15;

    // Codes of up to this length take one look; most do.
    private const int FirstBits = 10;

    // symbol << 4 | length; 0 where a longer code begins, or none.
    private readonly ushort[] _first = new ushort[1 << FirstBits];
    private readonly int[] _counts = new int[LongestCode + 1];
    private readonly ushort[] _symbols = new ushort[288];

    /// <summary>Takes the lengths of the codes of all symbols, 0 for one that has none.</summary>
    /// <returns>False when no code has these lengths.</returns>
    public bool TrySet(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_first);
        Array.Clear(_counts);
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        Span<int> offsets = stackalloc int[LongestCode + 2];
        Span<int> codes = stackalloc int[LongestCode + 2];
        var left = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
            {
                return false;
            }

            offsets[length + 1] = offsets[length] + _counts[length];
            codes[length + 1] = (codes[length] + _counts[length]) << 1;
        }

        // Incomplete is allowed for a code with one symbol or none (a block without distances).
        if (left > 0 && used > 1)
        {
            return false;
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[offsets[length]++] = (ushort)symbol;
            var code = codes[length]++;
            if (length <= FirstBits)
            {
                // The stream has the code's first bit lowest.
                for (var entry = Reverse(code, length); entry < _first.Length; entry += 1 << length)
                {
                    _first[entry] = (ushort)((symbol << 4) | length);
                }
            }
        }

        return true;
    }

    /// <summary>The symbol at the lowest bits, as symbol &lt;&lt; 4 | length; 0 when no code begins with them.</summary>
    public int Find(ulong bits)
    {
        int entry = _first[bits & ((1 << FirstBits) - 1)];
        return entry != 0 ? entry : FindLong(bits);
    }

    private int FindLong(ulong bits)
    {
        int code = 0, first = 0, index = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            var count = _counts[length];
            if (code - count < first)
            {
                return (_symbols[index + (code - first)] << 4) | length;
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return 0;
    }

    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--)
        {
            reversed = (reversed << 1) | (code & 1);
            code >>= 1;
        }

        return reversed;
    }
}
