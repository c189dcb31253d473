using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Replay;

/// <summary>Compares the command's own bytes of a stream, as far as the file has them and the captured client waited for them.</summary>
internal static class OutputComparison
{
    public static ReplayFinding Compare(Conversation conversation, StreamName stream, bool connected, byte[] observed, ReplayJudging judging)
    {
        if (!connected)
        {
            return new(FindingKind.Output, stream, "the target has no such connection: not compared", false);
        }

        if (conversation.Sent(Side.Server, stream) is not { } server || server is { Length: 0, End: EndOfStream.None })
        {
            return new(FindingKind.Output, stream, $"not in the file; observed {observed.Length} bytes: not compared", false);
        }

        byte[] captured = conversation.Reply(stream).Output;
        captured = judging.UserName is { } name ? UserNameText.Replace(captured, conversation.Request.UserName.Bytes.Span, name) : captured;
        int same = captured.AsSpan().CommonPrefixLength(observed);
        if (same == captured.Length && same == observed.Length)
        {
            return new(FindingKind.Output, stream, $"the same, {captured.Length} bytes", false);
        }

        if (same == captured.Length && server.Lost is [var lost, ..])
        {
            return new(FindingKind.Output, stream, $"the same {same} bytes up to the first that is lost (offset {lost.Offset}); the other {observed.Length - same} are not compared", false);
        }

        // Who leaves reads no more: what was under way by then is a race.
        if ((same == captured.Length || same == observed.Length) && (server.End == EndOfStream.None || conversation.FirstToEnd(stream) == Side.Client))
        {
            string who = conversation.FirstToEnd(stream) == Side.Client ? "the captured client had left" : "the file ends";
            return new(FindingKind.Output, stream, $"the same {same} bytes; captured {captured.Length}, observed {observed.Length}, but {who}: the rest is not compared", false);
        }

        return new(FindingKind.Output, stream, $"different from byte {same} on: captured {captured.Length} bytes, observed {observed.Length}{Where(captured, observed, same)}", judging.Output);
    }

    private static string Where(byte[] captured, byte[] observed, int at)
    {
        static string Some(byte[] bytes, int at) => at >= bytes.Length ? "nothing more" : $"\"{ByteText.Escape(bytes.AsSpan(at), 40)}\"";
        return $": {Some(captured, at)}, observed {Some(observed, at)}";
    }
}
