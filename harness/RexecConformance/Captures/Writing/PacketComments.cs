using System.Buffers.Binary;
using System.Text;

namespace RexecConformance.Captures.Writing;

/// <summary>Reads the packet comments of a pcapng file as <see cref="PcapngWriter"/> writes it: uncompressed and little-endian. All else is the reader's part.</summary>
internal static class PacketComments
{
    private const uint SectionHeader = 0x0a0d0d0a;
    private const uint LittleEndian = 0x1a2b3c4d;
    private const uint EnhancedPacket = 6;
    private const int PacketHead = 20;
    private const ushort Comment = 1;

    /// <summary>The comments of each packet that has any, by its number in the file from 1.</summary>
    /// <exception cref="CaptureFormatException">Not such a file.</exception>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> Read(Stream stream)
    {
        var found = new Dictionary<int, IReadOnlyList<string>>();
        byte[] head = new byte[8];
        int frame = 0;
        for (bool first = true; ; first = false)
        {
            int got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(head);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (first && (got < head.Length || type != SectionHeader))
            {
                throw new CaptureFormatException("not a pcapng file of this suite");
            }

            if (got < head.Length || length < 12 || length > CaptureReader.LargestPacket * 2)
            {
                return found;
            }

            byte[] rest = new byte[length - head.Length];
            if (stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length)
            {
                return found;
            }

            if (type == SectionHeader && BinaryPrimitives.ReadUInt32LittleEndian(rest) != LittleEndian)
            {
                throw new CaptureFormatException("not a pcapng file of this suite: its byte order is another");
            }

            if (type == EnhancedPacket && rest.Length >= PacketHead + 4)
            {
                frame++;
                int captured = BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(12));
                if (captured >= 0 && captured <= rest.Length - PacketHead - 4
                    && Options(rest.AsSpan(PacketHead + ((captured + 3) & ~3))) is { Count: > 0 } comments)
                {
                    found[frame] = comments;
                }
            }
        }
    }

    // code(2) length(2) value, padded to four bytes
    private static List<string> Options(ReadOnlySpan<byte> bytes)
    {
        var comments = new List<string>();
        while (bytes.Length >= 8)
        {
            ushort code = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            if (code == 0 || length > bytes.Length - 4)
            {
                break;
            }

            if (code == Comment)
            {
                comments.Add(Encoding.UTF8.GetString(bytes.Slice(4, length)));
            }

            bytes = bytes[Math.Min(bytes.Length, 4 + ((length + 3) & ~3))..];
        }

        return comments;
    }
}
