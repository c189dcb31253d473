using System.Buffers.Binary;

namespace RexecConformance.Captures;

/// <summary>
/// Reads a capture packet by packet, forward only, in memory that does not grow with the file. A stream need not be seekable.
/// </summary>
/// <remarks>Each file format is one subclass; what comes after (link layers, streams, conversations) does not know which.</remarks>
public abstract class CaptureReader : IPacketSource
{
    /// <summary>No packet longer than this is believed: libpcap's own largest snap length. A longer one is a damaged length.</summary>
    public const int LargestPacket = 262_144;

    private protected CaptureReader(CaptureBuffer buffer) => Buffer = buffer;

    /// <summary>Where reading had to stop, or null while all was sound.</summary>
    public CaptureFault? Fault { get; private protected set; }

    /// <summary>The file format in a word or two, for reports.</summary>
    public abstract string Format { get; }

    private protected CaptureBuffer Buffer { get; }

    /// <summary>Opens a capture by its first bytes, whatever the file is called.</summary>
    /// <param name="stream">Read from where it stands; closed by whoever opened it.</param>
    /// <exception cref="CaptureFormatException">Not a capture, or a kind that is not read yet.</exception>
    public static CaptureReader Open(Stream stream)
    {
        var buffer = new CaptureBuffer(stream);
        try
        {
            return Open(buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The next sound packet, or false at the end of the file or at a fault.</summary>
    public abstract bool TryRead(out CapturedPacket packet);

    /// <inheritdoc/>
    public void Dispose()
    {
        Buffer.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CaptureReader Open(CaptureBuffer buffer)
    {
        if (!buffer.Fill(4))
        {
            throw new CaptureFormatException(buffer.Available == 0
                ? "not a capture: the file is empty"
                : $"not a capture: the file has only {buffer.Available} bytes");
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(buffer.Span);
        return magic switch
        {
            // The two last are read on a machine of the other byte order than the one that wrote them.
            0xa1b2c3d4 or 0xa1b23c4d or 0xd4c3b2a1 or 0x4d3cb2a1 => PcapReader.Open(buffer),
            0x0a0d0d0a => throw new CaptureFormatException("pcapng is not read yet: convert it with `editcap -F pcap`"),
            0xa1b2cd34 or 0x34cdb2a1 => throw new CaptureFormatException("the modified pcap format (magic a1b2cd34) is not read yet"),
            0x1f8b0800 or 0x1f8b0808 => throw new CaptureFormatException("not a capture: the file is compressed (gzip); unpack it first"),
            _ => throw new CaptureFormatException($"not a capture: it begins with {magic:x8}, which is no magic number of pcap or pcapng"),
        };
    }
}
