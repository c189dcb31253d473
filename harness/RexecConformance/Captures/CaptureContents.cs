using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>All that a capture file holds that matters here.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Counts">How many packets became what.</param>
/// <param name="Connections">All TCP connections.</param>
/// <param name="Conversations">The rexec exchanges among them.</param>
/// <param name="Fault">Where reading had to stop, or null.</param>
public sealed record CaptureContents(
    string Format,
    PacketCounts Counts,
    IReadOnlyList<TcpConnection> Connections,
    IReadOnlyList<Conversation> Conversations,
    CaptureFault? Fault)
{
    /// <summary>One line for each thing that the file as a whole lacks; a conversation's own are with the conversation.</summary>
    public IEnumerable<string> Warnings => Fault is null ? Counts.Warnings() : Counts.Warnings().Append(Fault.ToString());

    /// <summary>Reads a capture to its end, or to its first fault. All conversations are in memory then: for a file of any size use <see cref="ConversationTracker"/>.</summary>
    /// <param name="stream">A file, or standard input: it is read once, forward.</param>
    /// <param name="port">The server's port; null for 512, the port that a file's own comment names, and whatever has the shape of a request on any other port.</param>
    /// <param name="limits">How much is held in memory; null for all of it.</param>
    /// <exception cref="CaptureFormatException">Not a capture, or a kind that is not read yet.</exception>
    public static CaptureContents Read(Stream stream, int? port = null, KeepLimits? limits = null)
    {
        using var reader = CaptureReader.Open(stream);
        var conversations = new List<Conversation>();
        var tracker = new ConversationTracker(port, conversations.Add, limits ?? KeepLimits.Everything);
        while (reader.TryRead(out var packet))
        {
            tracker.Add(packet);
        }

        tracker.Finish();
        return new CaptureContents(reader.Format, tracker.Counts, tracker.Connections, conversations, reader.Fault);
    }

    /// <summary>Reads a capture file.</summary>
    /// <inheritdoc cref="Read(Stream, int?, KeepLimits?)"/>
    public static CaptureContents Read(string path, int? port = null, KeepLimits? limits = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Read(file, port, limits);
    }
}
