namespace RexecConformance.Captures;

/// <summary>Where a capture stops being readable. All packets before it are sound; nothing after it is read.</summary>
/// <param name="Offset">
/// Bytes from the start of the file (unpacked, where it is packed) to the first byte of the record that cannot be read.
/// </param>
/// <param name="Message">What is wrong, in one line without the offset.</param>
public sealed record CaptureFault(long Offset, string Message)
{
    /// <summary>One line with the byte offset.</summary>
    public override string ToString() => $"byte {Offset}: {Message}";
}
