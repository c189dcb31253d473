using System.Runtime.ExceptionServices;
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
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();

    /// <summary>Where packets come as they pass: the clock that tells when a conversation is over though no packet comes. Null for a file.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Time of the first packet, in nanoseconds since 1970-01-01 UTC; null before it.</summary>
    public long? Start { get; private set; }

    /// <summary>How many packets became what.</summary>
    public PacketCounts Counts { get; private set; } = new();

    /// <summary>TCP connections in all.</summary>
    public int Connections { get; private set; }

    /// <summary>How many conversations were found.</summary>
    public int Found { get; private set; }

    /// <summary>One line for each thing that the capture as a whole lacks, its fault not among them.</summary>
    public IReadOnlyList<string> Warnings => [.. Counts.Warnings()];

    /// <summary>Reads to the end, to the first fault, or until cancelled; what is open then is given as it stands.</summary>
    /// <param name="found">Is called for each conversation, never twice at a time.</param>
    /// <param name="cancel">Ends the reading.</param>
    public void Run(Action<ShownConversation> found, CancellationToken cancel)
    {
        var tracker = new ConversationTracker(port, conversation =>
        {
            Found++;
            found(ShownConversation.Of(conversation, dialects, options));
        });
        Counts = tracker.Counts;
        if (Clock is null)
        {
            while (!cancel.IsCancellationRequested && source.TryRead(out var packet))
            {
                Start ??= packet.Nanoseconds;
                tracker.Add(packet);
            }
        }
        else
        {
            Follow(tracker, Clock);
        }

        tracker.Finish();
        Connections = tracker.ConnectionCount;
    }

    // The source ends by itself when it is cancelled, and gives first what came before.
    private void Follow(ConversationTracker tracker, TimeProvider clock)
    {
        var over = false;
        Exception? failure = null;
        using var timer = clock.CreateTimer(_ => Tick(), null, s_tick, s_tick);
        while (source.TryRead(out var packet))
        {
            lock (_lock)
            {
                Rethrow();
                Start ??= packet.Nanoseconds;
                tracker.Add(packet);
            }
        }

        // A tick that is under way must not meet the end.
        lock (_lock)
        {
            over = true;
            Rethrow();
        }

        void Rethrow()
        {
            if (failure is not null)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }

        void Tick()
        {
            lock (_lock)
            {
                if (over)
                {
                    return;
                }

                try
                {
                    tracker.PassTime((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
                }
                catch (Exception e)
                {
                    // Nobody catches it on this thread: output that cannot be written.
                    (failure, over) = (e, true);
                }
            }
        }
    }
}
