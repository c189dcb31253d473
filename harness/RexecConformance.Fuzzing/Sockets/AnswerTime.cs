using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Tells how much of a request a server had when it began to answer.</summary>
/// <remarks>
/// What is sent has the time before the call that sent it, what comes the time after: threads that are late make an answer look later than it was, never
/// earlier.
/// </remarks>
internal static class AnswerTime
{
    /// <summary>The least pause, in milliseconds, in which an answer is told from one to what is sent after it.</summary>
    public const int LeastPause = 20;

    /// <summary>
    /// The bytes that had been sent when the first byte came back; null if none came, or if the request has no pause:
    /// then what was sent a moment before and after can't be told apart.
    /// </summary>
    /// <param name="transcript">The exchange.</param>
    public static int? Of(Transcript transcript)
    {
        TimeSpan? answered = new[] { transcript.Primary, transcript.Aux }
            .Where(stream => stream.Chunks.Count > 0)
            .Select(stream => (TimeSpan?)stream.Chunks[0].At)
            .Min();
        if (answered is not { } at)
        {
            return null;
        }

        List<(TimeSpan At, int Bytes)> sent = [.. transcript.Events
            .Where(e => e is { Stream: StreamName.Primary, Sent: not null })
            .Select(e => (e.At, e.Sent!.Length))];
        int groups = 1;
        int before = 0;
        for (int i = 0; i < sent.Count; i++)
        {
            bool pauseBefore = i > 0 && (sent[i].At - sent[i - 1].At).TotalMilliseconds >= LeastPause;
            groups += pauseBefore ? 1 : 0;
            if (at < sent[i].At)
            {
                return pauseBefore ? before : null;
            }

            before += sent[i].Bytes;
        }

        return groups > 1 ? before : null;
    }
}
