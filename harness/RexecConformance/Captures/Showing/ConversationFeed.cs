using RexecConformance.Captures.Packets;
using RexecConformance.Dialects;

namespace RexecConformance.Captures.Showing;

/// <summary>From a source of packets to conversations with all that is told of them, one at a time as they end.</summary>
/// <param name="source">A file or an interface; closed by whoever opened it.</param>
/// <param name="port">The server's port; null for 512 and whatever has the shape of a request.</param>
/// <param name="dialects">Those that come into question.</param>
/// <param name="options">What is written out.</param>
public sealed class ConversationFeed(IPacketSource source, int? port, IReadOnlyCollection<Dialect> dialects, ShowOptions options)
{
    private readonly SeenPorts _ports = new();

    /// <summary>Time of the first packet, in nanoseconds since 1970-01-01 UTC; null before it.</summary>
    public long? Start { get; private set; }

    /// <summary>How many packets became what.</summary>
    public PacketCounts? Counts { get; private set; }

    /// <summary>TCP connections in all.</summary>
    public int Connections { get; private set; }

    /// <summary>How many conversations were found.</summary>
    public int Found { get; private set; }

    /// <summary>One line for each thing that the capture as a whole lacks, its fault not among them.</summary>
    public IReadOnlyList<string> Warnings => [.. Counts?.Warnings() ?? []];

    /// <summary>Reads to the end, to the first fault, or until cancelled; what is open then is given as it stands.</summary>
    /// <param name="found">Is called for each conversation.</param>
    /// <param name="enough">Is asked after each packet whether to stop.</param>
    /// <param name="cancel">Ends the reading.</param>
    public void Run(Action<ShownConversation> found, Func<bool>? enough, CancellationToken cancel)
    {
        var tracker = new ConversationTracker(port, conversation =>
        {
            Found++;
            found(ShownConversation.Of(conversation, dialects, options, _ports));
        });
        while (!cancel.IsCancellationRequested && enough?.Invoke() != true && source.TryRead(out var packet))
        {
            Start ??= packet.Nanoseconds;
            if (PacketDecoder.Decode(packet, out var segment) == PacketOutcome.Tcp)
            {
                _ports.Add(segment);
            }

            tracker.Add(packet);
        }

        tracker.Finish();
        (Counts, Connections) = (tracker.Counts, tracker.ConnectionCount);
    }
}
