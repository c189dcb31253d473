using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Writing;

/// <summary>An exchange to be written as packets.</summary>
/// <param name="Transcript">What happened.</param>
/// <param name="Comments">What is to be said of it, on its first packet.</param>
/// <param name="Findings">What was not as expected; each is said on the packet that shows it.</param>
public sealed record CapturedExchange(Transcript Transcript, IReadOnlyList<string> Comments, IReadOnlyList<Finding> Findings);

/// <summary>Writes transcripts as a pcapng file that any reader of captures opens and <see cref="TranscriptReader"/> reads back.</summary>
public static class TranscriptCapture
{
    /// <summary>The text of an event that sent bytes.</summary>
    internal const string Sent = "sent";

    private const string Interface = "rexec-conformance";
    private const string Description = "made from the client's sockets, not captured: bytes, cuts, ends, times and ports are what happened; sequence numbers and acknowledgments are made up";

    /// <summary>Whether enough is known of an exchange: a baseline has no times and no ports.</summary>
    public static bool CanWrite(Transcript transcript) => transcript is { StartedAt: not null, Primary.Remote: not null };

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Written from its start.</param>
    /// <param name="comment">About the whole file.</param>
    /// <param name="exchanges">One after the other, or side by side: packets are put in order of time.</param>
    /// <exception cref="ArgumentException">Of one of them too little is known (<see cref="CanWrite"/>).</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(Stream stream, string comment, IReadOnlyList<CapturedExchange> exchanges)
    {
        // Stable: what happened at the same time stays in its order.
        List<SyntheticPacket> packets = [.. exchanges
            .SelectMany((exchange, index) => new ExchangePackets(exchange, index + 1).Make())
            .OrderBy(packet => packet.Nanoseconds)];
        var writer = new PcapngWriter(stream);
        writer.Begin(comment, Interface, Description);
        packets.ForEach(writer.Write);
    }
}
