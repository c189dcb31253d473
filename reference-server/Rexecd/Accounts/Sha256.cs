using System.Buffers.Binary;
using System.Numerics;

namespace Rexecd;

/// <summary>
/// SHA-256 (FIPS 180-4) without a library: .NET's own needs the system's OpenSSL, which a small image has not, and which
/// costs a process of a super-server ten milliseconds to load.
/// </summary>
internal static class Sha256
{
    private const int Block = 64;
    private static readonly uint[] Constants = [.. Primes().Take(64).Select(prime => Fraction(Math.Cbrt(prime)))];
    private static readonly uint[] Start = [.. Primes().Take(8).Select(prime => Fraction(Math.Sqrt(prime)))];

    /// <summary>The 32 bytes for this text.</summary>
    public static byte[] Of(ReadOnlySpan<byte> text)
    {
        // text, 1 bit, zeros, length in bits: a whole number of blocks.
        byte[] padded = new byte[(text.Length + 8 + Block) / Block * Block];
        text.CopyTo(padded);
        padded[text.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), (ulong)text.Length * 8);
        uint[] state = [.. Start];
        for (int offset = 0; offset < padded.Length; offset += Block)
        {
            Add(state, padded.AsSpan(offset, Block));
        }

        Array.Clear(padded);
        byte[] digest = new byte[32];
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(4 * i), state[i]);
        }

        return digest;
    }

    private static void Add(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
        {
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        }

        for (int i = 16; i < 64; i++)
        {
            w[i] = w[i - 16] + w[i - 7] + Mix(w[i - 15], 7, 18, w[i - 15] >> 3) + Mix(w[i - 2], 17, 19, w[i - 2] >> 10);
        }

        (uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (int i = 0; i < 64; i++)
        {
            uint first = h + Mix(e, 6, 11, BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Constants[i] + w[i];
            uint second = Mix(a, 2, 13, BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (a, b, c, d, e, f, g, h) = (first + second, a, b, c, d + first, e, f, g);
        }

        uint[] added = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < state.Length; i++)
        {
            state[i] += added[i];
        }

        w.Clear();
    }

    private static uint Mix(uint word, int first, int second, uint third) =>
        BitOperations.RotateRight(word, first) ^ BitOperations.RotateRight(word, second) ^ third;

    private static IEnumerable<int> Primes() => Enumerable.Range(2, 400).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0));

    /// <summary>The first 32 bits behind the point of a root; a double has more than that.</summary>
    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);
}
