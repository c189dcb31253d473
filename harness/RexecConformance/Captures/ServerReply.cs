using System.Buffers;

namespace RexecConformance.Captures;

/// <summary>What a stretch of server bytes is.</summary>
public enum ReplyKind
{
    /// <summary>The NUL of success.</summary>
    Status,

    /// <summary>A byte 1 with its text and, where it has one, its newline.</summary>
    Diagnostic,

    /// <summary>The command's own.</summary>
    Output,
}

/// <summary>A stretch of server bytes of one kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">All of it, terminators included.</param>
public sealed record ReplyPart(ReplyKind Kind, ReadOnlyMemory<byte> Bytes);

/// <summary>What a server sent on one stream, told apart into status, diagnostics and output.</summary>
/// <param name="Parts">In order; together they are all that was sent (up to the first lost byte).</param>
public sealed record ServerReply(IReadOnlyList<ReplyPart> Parts)
{
    // Control characters but tab and carriage return.
    private static readonly SearchValues<byte> EndOfText =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b).Where(b => b is not ((byte)'\t' or (byte)'\r'))]);

    /// <summary>A reply without a byte.</summary>
    public static ServerReply Empty { get; } = new([]);

    /// <summary>True when the NUL of success is here.</summary>
    public bool HasStatus => Parts.Any(part => part.Kind == ReplyKind.Status);

    /// <summary>Status and diagnostics, in order.</summary>
    public byte[] Handshake => Join(part => part.Kind != ReplyKind.Output);

    /// <summary>The diagnostics alone.</summary>
    public byte[] Diagnostics => Join(part => part.Kind == ReplyKind.Diagnostic);

    /// <summary>The command's own bytes.</summary>
    public byte[] Output => Join(part => part.Kind == ReplyKind.Output);

    /// <summary>Reads what came on the primary stream: at most one NUL, diagnostics before or right after it, then output.</summary>
    public static ServerReply OfPrimary(ReadOnlyMemory<byte> bytes) => Read(bytes, statusPossible: true);

    /// <summary>Reads what came on the aux stream. GNU inetutils from 1.9.2 on sends the NUL here (fact 4).</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="primary">The primary stream's reply: where that has a NUL, one here is the command's.</param>
    public static ServerReply OfAux(ReadOnlyMemory<byte> bytes, ServerReply primary) => Read(bytes, !primary.HasStatus);

    private static ServerReply Read(ReadOnlyMemory<byte> bytes, bool statusPossible)
    {
        var parts = new List<ReplyPart>();
        while (!bytes.IsEmpty)
        {
            var (kind, length) = bytes.Span[0] switch
            {
                0 when statusPossible => (ReplyKind.Status, 1),
                1 when DiagnosticLength(bytes.Span) is var text and > 1 => (ReplyKind.Diagnostic, text),
                // The byte 1 alone: netkit writes the text in a segment of its own, which may not have come.
                1 when bytes.Length == 1 && parts.Count == 0 => (ReplyKind.Diagnostic, 1),
                _ => (ReplyKind.Output, bytes.Length),
            };
            parts.Add(new ReplyPart(kind, bytes[..length]));
            bytes = bytes[length..];
            statusPossible &= kind != ReplyKind.Status;
        }

        return new ServerReply(parts);
    }

    // Byte 1, text, newline. inetutils 1.7 to 1.9.1 leave the newline out and go on with a NUL.
    private static int DiagnosticLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[1..].IndexOfAny(EndOfText) + 1;
        return end switch
        {
            0 => bytes.Length,
            _ when bytes[end] == '\n' => end + 1,
            _ when bytes[end] == 0 => end,
            // Some other control character: this is no line of text.
            _ => 0,
        };
    }

    private byte[] Join(Func<ReplyPart, bool> which) => [.. Parts.Where(which).SelectMany(part => part.Bytes.ToArray())];
}
