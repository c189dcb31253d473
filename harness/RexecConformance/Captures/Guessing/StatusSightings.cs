using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>The NUL of success: on which stream, for whom.</summary>
internal static class StatusSightings
{
    public static IEnumerable<Sighting> Of(Conversation conversation)
    {
        if (conversation.StatusStream is not { } stream)
        {
            yield break;
        }

        // A NUL comes first, or after a diagnostic that did not end the exchange.
        var before = conversation.Reply(stream).Parts.TakeWhile(part => part.Kind != ReplyKind.Status).Sum(part => part.Bytes.Length);
        var sent = conversation.Sent(Side.Server, stream);
        if (sent is not { StartKnown: true })
        {
            yield break;
        }

        var frame = Sightings.FrameAt(sent, before);
        if (conversation.AuxOutcome == AuxOutcome.Connected)
        {
            yield return Sighting.Of("status-stream", stream == StreamName.Primary ? "primary" : "stderr", frame);
        }

        if (conversation.Server.Host.IsV6)
        {
            yield return Sighting.Of("ipv6", "served", frame);
        }

        var (name, command) = (conversation.Request.UserName, conversation.Request.Command);
        if (name.State == FieldState.Complete && name.Bytes.Span.SequenceEqual("root"u8))
        {
            yield return Sighting.Of("root-login", "allowed", frame);
        }

        if (command.State == FieldState.Complete && command.Bytes.IsEmpty)
        {
            yield return Sighting.Of("empty-command", "accepted", frame);
        }
    }
}
