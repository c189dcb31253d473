using System.Buffers.Binary;
using System.Text;

namespace RexecConformance.Tests.Captures;

/// <summary>Makes pcapng files block by block, in either byte order, sound ones and others.</summary>
internal sealed class PcapngBuilder
{
    private readonly MemoryStream _file = new();
    private bool _bigEndian;

    public byte[] ToArray() => _file.ToArray();

    public PcapngBuilder Section(bool bigEndian = false, ushort major = 1, ushort minor = 0)
    {
        _bigEndian = bigEndian;
        return Block(0x0a0d0d0a, [.. U32(0x1a2b3c4d), .. U16(major), .. U16(minor), .. U32(uint.MaxValue), .. U32(uint.MaxValue)]);
    }

    public PcapngBuilder Interface(ushort linkType = 101, uint snapLength = 0, params IEnumerable<byte>[] options) =>
        Block(1, [.. U16(linkType), .. U16(0), .. U32(snapLength), .. options.SelectMany(option => option)]);

    public PcapngBuilder Enhanced(byte[] packet, ulong time = 0, uint from = 0, uint? captured = null, uint? wire = null, params IEnumerable<byte>[] options) => Block(6,
        [.. U32(from), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32(captured ?? (uint)packet.Length), .. U32(wire ?? (uint)packet.Length), .. Padded(packet), .. options.SelectMany(option => option)]);

    public PcapngBuilder Obsolete(byte[] packet, ulong time = 0, ushort from = 0) => Block(2,
        [.. U16(from), .. U16(7), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32((uint)packet.Length), .. U32((uint)packet.Length), .. Padded(packet)]);

    public PcapngBuilder Simple(byte[] packet, uint? wire = null) => Block(3, [.. U32(wire ?? (uint)packet.Length), .. Padded(packet)]);

    public PcapngBuilder Block(uint type, byte[] body, uint? length = null, uint? lengthAgain = null)
    {
        var right = (uint)(12 + body.Length);
        _file.Write([.. U32(type), .. U32(length ?? right), .. body, .. U32(lengthAgain ?? right)]);
        return this;
    }

    public byte[] Option(ushort code, params byte[] value) => [.. U16(code), .. U16((ushort)value.Length), .. Padded(value)];

    public byte[] Comment(string text) => Option(1, Encoding.UTF8.GetBytes(text));

    public byte[] OffsetOption(long seconds)
    {
        var value = new byte[8];
        if (_bigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(value, seconds);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, seconds);
        }

        return Option(14, value);
    }

    public byte[] U32(uint value) => Bytes(value, 4);

    public byte[] U16(ushort value) => Bytes(value, 2);

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];

    private byte[] Bytes(uint value, int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[_bigEndian ? size - 1 - i : i] = (byte)(value >> (8 * i));
        }

        return bytes;
    }
}
