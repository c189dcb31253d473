using System.Buffers.Binary;
using RexecConformance.Captures.Gzip;
using RexecConformance.Captures.Pcapng;

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
    public CaptureFault? Fault { get; private set; }

    /// <summary>The file format in a word or two, for reports.</summary>
    public string Format => Packed ? RecordFormat + ", gzip" : RecordFormat;

    private protected abstract string RecordFormat { get; }

    private protected CaptureBuffer Buffer { get; }

    private bool Packed { get; set; }

    /// <summary>Opens a capture by its first bytes, whatever the file is called.</summary>
    /// <param name="stream">Read from where it stands; closed by whoever opened it.</param>
    /// <exception cref="CaptureFormatException">Not a capture, or of a kind that is not read.</exception>
    public static CaptureReader Open(Stream stream)
    {
        var buffer = new CaptureBuffer(stream);
        try
        {
            if (!buffer.Fill(2) || !GunzipStream.Begins(buffer.Span))
            {
                return Open(buffer);
            }

            // The outer buffer stays: it holds the first packed bytes, and a stream need not be seekable.
            buffer = new CaptureBuffer(new GunzipStream(buffer));
            var reader = Open(buffer);
            reader.Packed = true;
            return reader;
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

    /// <summary>Ends the reading: at a fault, or at the end of the file where nothing is left over.</summary>
    private protected bool End(string? message, long offset)
    {
        // Packed data that is damaged is why a record is cut short, and the better thing to say.
        message = Buffer.Damage ?? message;
        if (message is not null)
        {
            Fault = new CaptureFault(offset, message);
        }

        return false;
    }

    private static CaptureReader Open(CaptureBuffer buffer)
    {
        if (!buffer.Fill(4))
        {
            throw new CaptureFormatException(buffer switch
            {
                { Damage: { } damage } => "not a capture: " + damage,
                { Available: 0 } => "not a capture: the file is empty",
                _ => $"not a capture: the file has only {buffer.Available} bytes",
            });
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(buffer.Span);
        return magic switch
        {
            PcapngReader.SectionHeader => PcapngReader.Open(buffer),
            _ when PcapReader.Knows(magic) => PcapReader.Open(buffer),
            _ => throw new CaptureFormatException($"not a capture: it begins with {magic:x8}, which is no magic number of pcap or pcapng"),
        };
    }
}
