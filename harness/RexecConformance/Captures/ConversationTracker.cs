using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>From packets to conversations: give it every packet in the order of the file, and it gives each conversation when it is over.</summary>
/// <param name="port">The server's port; null for 512 and whatever has the shape of a request.</param>
/// <param name="found">Is called once for each conversation, at the latest by <see cref="Finish"/>.</param>
public sealed class ConversationTracker(int? port, Action<Conversation> found)
{
    private readonly PacketDecoder _decoder = new();
    private readonly TcpStreams _streams = new();

    /// <summary>How many packets became what.</summary>
    public PacketCounts Counts => _decoder.Counts;

    /// <summary>TCP connections so far.</summary>
    public int ConnectionCount => _streams.Connections.Count;

    /// <summary>All TCP connections.</summary>
    public IReadOnlyList<TcpConnection> Connections => _streams.Connections;

    /// <summary>Takes the next packet.</summary>
    public void Add(in CapturedPacket packet)
    {
        if (_decoder.Decode(packet, out var segment) == PacketOutcome.Tcp)
        {
            _streams.Add(segment, new CaptureMark(packet.Number, packet.Nanoseconds));
        }
    }

    /// <summary>There are no more packets: what is still open is given as it stands.</summary>
    public void Finish()
    {
        foreach (var conversation in ConversationFinder.Find(_streams.Connections, port))
        {
            found(conversation);
        }
    }
}
