namespace RexecConformance.Captures.Tcp;

/// <summary>When something was captured: the frame's number in the file, and nanoseconds since 1970-01-01 UTC.</summary>
public readonly record struct CaptureMark(int Frame, long Nanoseconds);

/// <summary>Bytes that arrived in one segment and had not been delivered before.</summary>
/// <param name="Offset">Place in the direction's byte stream, from 0.</param>
/// <param name="Bytes">The bytes. Empty for what is over <see cref="KeepLimits"/>; such pieces are never shown.</param>
/// <param name="Mark">When the segment was captured.</param>
/// <param name="Length">How many bytes there were, kept or not.</param>
public readonly record struct StreamPiece(long Offset, ReadOnlyMemory<byte> Bytes, CaptureMark Mark, int Length)
{
    /// <summary>Place of the byte after the last one.</summary>
    public long End => Offset + Length;

    /// <summary>The same without what is before this place.</summary>
    internal StreamPiece From(long place)
    {
        var skip = (int)Math.Max(0, place - Offset);
        return new StreamPiece(Offset + skip, Bytes.IsEmpty ? Bytes : Bytes[skip..], Mark, Length - skip);
    }
}

/// <summary>Bytes that were sent, as later packets prove, and that no packet of the file holds.</summary>
/// <param name="Offset">Place in the direction's byte stream, from 0.</param>
/// <param name="Length">How many, in bytes.</param>
/// <param name="Acknowledged">True: they reached the other side and only the capture lacks them. False: perhaps they never arrived.</param>
public readonly record struct LostBytes(long Offset, long Length, bool Acknowledged);

/// <summary>How one direction of a stream came to its end.</summary>
public enum EndOfStream
{
    /// <summary>No end was seen: still open, or the capture stops before.</summary>
    None,

    /// <summary>An orderly end of data.</summary>
    Fin,

    /// <summary>A reset.</summary>
    Rst,
}
