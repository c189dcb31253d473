using System.Buffers.Binary;
using System.IO.Compression;

namespace RexecConformance.Tests.Captures.Fuzz;

/// <summary>Makes a damaged capture from one or two others.</summary>
internal sealed class CaptureMutator(Random random)
{
    /// <summary>No input is longer: small ones find as much and take less time.</summary>
    public const int Longest = 16 * 1024;

    // Borders of what the formats' length fields are checked against.
    private static readonly uint[] Lengths = [0, 1, 4, 8, 12, 16, 20, 28, 32, 33, 40, 60, 64, 1500, 65_535, 262_144, 262_145, 524_288, 524_292, 16_777_216, int.MaxValue, 0x8000_0000, 0xffff_fffc, uint.MaxValue];

    // Types of pcapng blocks, magic numbers, EtherTypes: to change one kind into another.
    private static readonly uint[] Names = [1, 2, 3, 6, 0x0a0d0d0a, 0x1a2b3c4d, 0x4d3c2b1a, 0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34, 0x0800, 0x86dd, 0x8100, 0x8847, 0x8864];

    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var bytes = (byte[])Any(corpus).Clone();
        for (var times = 1 << random.Next(4); times > 0 && bytes.Length > 0; times--)
        {
            bytes = Step(bytes, corpus);
        }

        bytes = bytes.Length > Longest ? bytes[..Longest] : bytes;
        return random.Next(16) == 0 ? Pack(bytes) : bytes;
    }

    private byte[] Step(byte[] bytes, IReadOnlyList<byte[]> corpus)
    {
        var at = random.Next(bytes.Length);
        var to = Math.Min(bytes.Length, at + 1 + random.Next(200));
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return Set(bytes, Lengths[random.Next(Lengths.Length)]);
            case 3:
                return Set(bytes, Names[random.Next(Names.Length)]);
            case 4:
                return Set(bytes, (uint)(bytes.Length - at + random.Next(-4, 5)));
            case 5:
                return bytes[..at];
            case 6:
                // a part again, or a part of another capture
                var from = random.Next(2) == 0 ? bytes : Any(corpus);
                var begin = random.Next(from.Length + 1);
                return [.. bytes[..at], .. from[begin..Math.Min(from.Length, begin + random.Next(400))], .. bytes[at..]];
            case 7:
                return [.. bytes[..at], .. bytes[to..]];
            default:
                var other = Any(corpus);
                return [.. bytes[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }

    // A field of two or four bytes in either order. Most fields are aligned.
    private byte[] Set(byte[] bytes, uint value)
    {
        var field = new byte[4];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(field, value);
        }

        var at = random.Next(bytes.Length) & ~(random.Next(4) == 0 ? 0 : 3);
        var part = random.Next(2) == 0 ? field : random.Next(2) == 0 ? field[..2] : field[2..];
        part.AsSpan(0, Math.Min(part.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // New finds are the most promising, and are at the end.
    private byte[] Any(IReadOnlyList<byte[]> corpus) =>
        corpus[random.Next(2) == 0 ? random.Next(corpus.Count) : corpus.Count - 1 - random.Next(Math.Min(corpus.Count, 32))];

    public static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
