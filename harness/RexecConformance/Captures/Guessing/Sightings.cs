using RexecConformance.Captures.Showing;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>All that a conversation shows of its server's dialect.</summary>
internal static class Sightings
{
    public static IEnumerable<Sighting> Of(Conversation conversation, IReadOnlyCollection<Dialect> dialects, Concealment hidden)
    {
        var diagnostic = SeenDiagnostic.First(conversation, dialects);
        return PortSightings.Of(conversation)
            .Concat(AuxSightings.Of(conversation, diagnostic))
            .Concat(LimitSightings.Of(conversation, diagnostic))
            .Concat(DiagnosticSightings.Of(conversation, diagnostic, hidden))
            .Concat(RefusalSightings.Of(conversation, diagnostic))
            .Concat(StatusSightings.Of(conversation))
            .Concat(TimeSightings.Of(conversation));
    }

    /// <summary>The frame that holds a byte of a direction.</summary>
    public static int FrameAt(TcpDirection? direction, long offset) =>
        direction?.Pieces.FirstOrDefault(piece => piece.End > offset).Mark.Frame ?? 0;

    /// <summary>True when the server ended the primary stream without a byte on any stream, and no byte of its is lost.</summary>
    public static bool IsSilentClose(Conversation conversation) =>
        conversation.Sent(Side.Server, StreamName.Primary) is { Length: 0, StartKnown: true, EndMark: not null }
        && (conversation.Sent(Side.Server, StreamName.Aux)?.Length ?? 0) == 0
        && conversation.Sent(Side.Client, StreamName.Primary) is { Lost.Count: 0 } client
        && !(client.Rst is { } reset && reset.Frame < conversation.Sent(Side.Server, StreamName.Primary)!.EndMark!.Value.Frame);

    public static double Seconds(CaptureMark from, CaptureMark to) => (to.Nanoseconds - from.Nanoseconds) / 1e9;
}
