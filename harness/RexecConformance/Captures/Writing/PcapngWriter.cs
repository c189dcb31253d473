using System.Buffers;
using System.Buffers.Binary;
using RexecConformance.Reports;

namespace RexecConformance.Captures.Writing;

/// <summary>
/// Writes a pcapng file (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html): one section, little-endian, one
/// interface, times in nanoseconds. Each block is one write to the stream, so that a writer that dies leaves whole blocks.
/// </summary>
/// <remarks>
/// The kernel copies a long write page by page and stops between two pages when the process is killed. With
/// <paramref name="page"/> no block crosses a page: what is left of one is filled with a block of local use, which readers skip.
/// Then only whole blocks can be in the file.
/// </remarks>
/// <param name="stream">Written from its start; closed by whoever opened it. Give it no buffer of its own.</param>
/// <param name="page">0, or the bytes of a page: no block may then be longer than it less 12.</param>
public sealed class PcapngWriter(Stream stream, int page = 0)
{
    /// <summary>LINKTYPE_RAW: packets begin with the IP header. There were no frames, so none are made up.</summary>
    public const ushort RawIp = 101;

    private const uint SectionHeader = 0x0a0d0d0a;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint Filler = 0x80000000 | 0x7278; // the upper half of all numbers is for local use
    private const int SmallestBlock = 12;
    private const uint SnapLength = 262_144;

    private const ushort OptComment = 1;
    private const ushort SectionApplication = 4;
    private const ushort InterfaceName = 2;
    private const ushort InterfaceText = 3;
    private const ushort InterfaceResolution = 9;

    private readonly ArrayBufferWriter<byte> _block = new(1024);
    private readonly Lock _lock = new();
    private long _written;

    /// <summary>Packets so far.</summary>
    public int Packets { get; private set; }

    /// <summary>Bytes so far.</summary>
    public long Length => Interlocked.Read(ref _written);

    /// <summary>Writes the section header and the interface.</summary>
    /// <param name="comment">About the whole file.</param>
    /// <param name="name">The interface's name.</param>
    /// <param name="description">What the interface is.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Begin(string comment, string name, string description)
    {
        lock (_lock)
        {
            // byte-order magic(4) version(2+2) length of the section, not known(8)
            Start(SectionHeader);
            U32(0x1a2b3c4d);
            U16(1);
            U16(0);
            U32(uint.MaxValue);
            U32(uint.MaxValue);
            Text(SectionApplication, "rexec-conformance " + SuiteVersion.Text);
            Text(OptComment, comment);
            End();

            // link type(2) reserved(2) snap length(4)
            Start(InterfaceDescription);
            U16(RawIp);
            U16(0);
            U32(SnapLength);
            Text(InterfaceName, name);
            Text(InterfaceText, description);
            Option(InterfaceResolution, [9]);
            End();
        }
    }

    /// <summary>Writes a packet.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(SyntheticPacket packet)
    {
        lock (_lock)
        {
            // interface(4) time, upper half first(4+4) captured length(4) original length(4) data, padded to four bytes
            Start(EnhancedPacket);
            U32(0);
            U32((uint)(packet.Nanoseconds >> 32));
            U32((uint)packet.Nanoseconds);
            U32((uint)packet.Bytes.Length);
            U32((uint)packet.Bytes.Length);
            Padded(packet.Bytes);
            foreach (string comment in packet.Comments)
            {
                Text(OptComment, comment);
            }

            End();
            Packets++;
        }
    }

    private void Start(uint type)
    {
        _block.ResetWrittenCount();
        U32(type);
        U32(0);
    }

    private void End()
    {
        // Type, length and the repeated length are the block's own twelve bytes; options end with option 0.
        U32(0);
        uint length = (uint)_block.WrittenCount + 4;
        U32(length);
        byte[] whole = _block.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), length);
        FillPage(whole.Length);
        Out(whole);
    }

    private void FillPage(int next)
    {
        if (page == 0)
        {
            return;
        }

        if (next > page - SmallestBlock)
        {
            throw new ArgumentException($"a block of {next} bytes does not fit into a page of {page}");
        }

        int room = page - (int)(_written % page);

        // A rest of four or eight bytes could not be filled later.
        if (room < next || (room - next) is > 0 and < SmallestBlock)
        {
            byte[] filler = new byte[room];
            BinaryPrimitives.WriteUInt32LittleEndian(filler, Filler);
            BinaryPrimitives.WriteUInt32LittleEndian(filler.AsSpan(4), (uint)room);
            BinaryPrimitives.WriteUInt32LittleEndian(filler.AsSpan(room - 4), (uint)room);
            Out(filler);
        }
    }

    private void Out(byte[] block)
    {
        stream.Write(block);
        stream.Flush();
        _ = Interlocked.Add(ref _written, block.Length);
    }

    private void Text(ushort code, string text) => Option(code, OptionText.Encode(text));

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        U16(code);
        U16((ushort)value.Length);
        Padded(value);
    }

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        _block.Write(bytes);
        _block.Write("\0\0\0"u8[..(-bytes.Length & 3)]);
    }

    private void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_block.GetSpan(2), value);
        _block.Advance(2);
    }

    private void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_block.GetSpan(4), value);
        _block.Advance(4);
    }
}
