using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Replay;

/// <summary>Compares how the server's direction of a stream ended.</summary>
internal static class EndComparison
{
    public static ReplayFinding Compare(Conversation conversation, StreamName stream, ObservedStream seen, bool uncertain)
    {
        var captured = conversation.End(Side.Server, stream);
        var (text, difference) = (captured, seen.End) switch
        {
            (EndOfStream.None, _) when conversation.End(Side.Client, stream) != EndOfStream.None =>
                ($"the captured client ended it first ({Name(conversation.End(Side.Client, stream))}): not compared", false),
            (EndOfStream.None, _) => ("the file does not show how it ended: not compared", false),
            _ when !seen.Connected => ($"captured {Name(captured)}; the target has no such connection", stream == StreamName.Primary),
            (_, EndOfStream.None) => ($"captured {Name(captured)}, observed no end", true),
            _ when captured == seen.End => ($"the same: {Name(captured)}", false),
            _ when BytesUnderWay(conversation, stream) =>
                ($"captured {Name(captured)}, observed {Name(seen.End)}: the captured server closed with client bytes under way, where either may come", false),
            _ when uncertain => ($"captured {Name(captured)}, observed closed: a reset cannot be told from a close here", false),
            _ => ($"captured {Name(captured)}, observed {Name(seen.End)}", true),
        };
        return new ReplayFinding(FindingKind.End, stream, text, difference);
    }

    // A server that closes with bytes unread, or still to come, resets; how many those are is a race (traps: "FIN or RST").
    internal static bool BytesUnderWay(Conversation conversation, StreamName stream)
    {
        var (client, server) = (conversation.Sent(Side.Client, stream)!, conversation.Sent(Side.Server, stream)!);
        return client.Length > 0
            && (server.Rst is not null || client.Pieces.Any(piece => piece.Mark.Frame > server.EndMark!.Value.Frame));
    }

    private static string Name(EndOfStream end) => end.ToString().ToLowerInvariant();
}
