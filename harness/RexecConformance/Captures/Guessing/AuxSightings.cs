using System.Globalization;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Guessing;

/// <summary>When a server makes the aux connection, what it does where that fails, and what it does with a byte on it.</summary>
internal static class AuxSightings
{
    // Far longer than any connection takes to be made, and well below the minute after which both sides give up.
    private const double Patience = 5;

    // A byte that came that long before the end was there to be read.
    private const double UnreadAfter = 0.1;

    public static IEnumerable<Sighting> Of(Conversation conversation, SeenDiagnostic? diagnostic)
    {
        var server = conversation.Primary.FromResponder;
        switch (conversation.AuxOutcome)
        {
            case AuxOutcome.Connected when ConnectedAfterPort(conversation, diagnostic):
                yield return Sighting.Of("aux-connect", "after-port", conversation.Aux!.Established!.Value.Frame);
                break;
            case AuxOutcome.Failed when server is { StartKnown: true, Lost.Count: 0 } && (server.Length > 0 || server.EndMark is not null):
                yield return Sighting.Of(
                    "aux-failure", server.Length == 0 ? "silent-close" : "the exchange goes on", server.Length == 0 ? server.EndMark!.Value.Frame : Sightings.FrameAt(server, 0));
                break;
            case AuxOutcome.NotInFile when Waited(conversation) is { } seconds and > Patience:
                yield return NeverCame(conversation, seconds);
                break;
        }

        if (UnreadByte(conversation) is { } frame)
        {
            yield return Sighting.Of("signal-byte", "ignored", frame);
        }
    }

    // It was there before the name was sent, or in spite of a login that the server refused.
    private static bool ConnectedAfterPort(Conversation conversation, SeenDiagnostic? diagnostic) =>
        conversation.AuxBeforeUserName == true
        || diagnostic is { AfterStatus: false, HasFlag: true }
        || (conversation.Request.Length is not null && Sightings.IsSilentClose(conversation));

    // The usual client sends the name only when the connection has come: without it both wait. One whose aux connection
    // a capture filter took away goes on at once.
    private static double? Waited(Conversation conversation)
    {
        var request = conversation.Request;
        var waits = request.Port.State == FieldState.Complete && request.UserName.State == FieldState.Absent
            && conversation.Primary.FromResponder is { Length: 0, End: EndOfStream.None };
        return waits
            ? Sightings.Seconds(conversation.Primary.FromInitiator.Pieces[^1].Mark, conversation.Events.MaxBy(item => item.Mark.Frame)!.Mark)
            : null;
    }

    private static Sighting NeverCame(Conversation conversation, double seconds) => new(
        "aux-connect",
        string.Create(CultureInfo.InvariantCulture, $"not made in {seconds:0.0} s in which the server had the port alone"),
        conversation.Events.MaxBy(item => item.Mark.Frame)!.Mark.Frame,
        dialect => dialect.Properties.TryGetValue("aux-connect", out var stated)
            ? Claim.Of(stated.Value != "after-port", stated.Value, stated.Basis)
            : null);

    // A server that closes with a byte unread resets the connection (Linux; facts 0.10).
    private static int? UnreadByte(Conversation conversation)
    {
        if (conversation.Sent(Side.Client, StreamName.Aux) is not { Length: > 0, Rst: null } client
            || conversation.Sent(Side.Server, StreamName.Aux) is not { Rst: { } reset, Fin: null })
        {
            return null;
        }

        return client.Pieces.Count > 0 && Sightings.Seconds(client.Pieces[^1].Mark, reset) > UnreadAfter ? reset.Frame : null;
    }
}
