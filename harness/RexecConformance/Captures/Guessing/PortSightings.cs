using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>Port fields that are no plain number, and what the server made of them.</summary>
internal static class PortSightings
{
    public static IEnumerable<Sighting> Of(Conversation conversation)
    {
        var field = conversation.Request.Port;
        var asCounted = conversation.AuxOutcome == AuxOutcome.Connected
            || (conversation.AuxOutcome == AuxOutcome.NotAsked && conversation.Sent(Side.Server, StreamName.Primary) is { Length: > 0 });
        if (field.State != FieldState.Complete || !asCounted)
        {
            yield break;
        }

        var bytes = field.Bytes.ToArray();
        var frame = Sightings.FrameAt(conversation.Primary.FromInitiator, field.Offset + bytes.Length);
        if (bytes.Length == 0)
        {
            yield return Sighting.Of("empty-port", "zero", frame);
        }
        else if (bytes.AsSpan().IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            yield return Sighting.Of("port-bytes", "any", frame);
        }
        else if (bytes.AsSpan().TrimStart((byte)'0').Length > 5 || (bytes.Length < 10 && int.Parse(bytes) > ushort.MaxValue))
        {
            yield return Sighting.Of("port-arithmetic", "modulo-65536", frame);
        }
        else if (bytes.Length > 1 && bytes[0] == '0')
        {
            yield return Sighting.Of("leading-zeros", "accepted", frame);
        }
    }
}
