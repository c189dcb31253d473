using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>What was done and what came, in the order of time.</summary>
internal static class TranscriptText
{
    /// <summary>Most lines; a request cut into single bytes has hundreds.</summary>
    public const int MaxLines = 40;

    private const int Tail = 10;

    /// <summary>The lines, not indented.</summary>
    public static IEnumerable<string> Lines(Transcript transcript, Redaction redaction)
    {
        var all = Sent(transcript, redaction)
            .Concat(Received(transcript, StreamName.Primary))
            .Concat(Received(transcript, StreamName.Aux))
            .Append((At: transcript.StepsDoneAt, Stream: (StreamName?)null, Text: "all steps done"))
            .OrderBy(line => line.At)
            .Select(line => $"{line.At.TotalSeconds,8:0.0000} s  {(line.Stream is { } stream ? Words.Of(stream) : ""),-7}  {line.Text}")
            .ToList();
        if (all.Count <= MaxLines)
        {
            return all;
        }

        int left = all.Count - MaxLines;
        return [.. all.Take(MaxLines - Tail), $"           ... {left} more lines", .. all.TakeLast(Tail)];
    }

    private static IEnumerable<(TimeSpan At, StreamName? Stream, string Text)> Sent(Transcript transcript, Redaction redaction)
    {
        // A password may be cut into several segments: it is found in all bytes together.
        byte[] primary = [.. transcript.Events.Where(e => e.Stream != StreamName.Aux).SelectMany(e => e.Sent ?? [])];
        bool[] mask = redaction.Sent(primary);
        int offset = 0;
        foreach (TranscriptEvent one in transcript.Events)
        {
            string text = PlainText.OneLine(one.Text);
            if (one.Sent is { } sent)
            {
                bool aux = one.Stream == StreamName.Aux;
                bool[] hidden = aux ? redaction.Seen(sent) : mask[offset..(offset + sent.Length)];
                offset += aux ? 0 : sent.Length;
                text += $" {Words.Count(sent.Length, "byte")} {EscapedBytes.Quote(sent, hidden)}";
            }

            yield return (one.At, one.Stream, text);
        }
    }

    private static IEnumerable<(TimeSpan At, StreamName? Stream, string Text)> Received(Transcript transcript, StreamName name)
    {
        StreamTranscript stream = transcript.Stream(name);
        if (!stream.Connected)
        {
            yield break;
        }

        yield return (stream.ConnectedAt, name, "connected");
        int more = 0;
        foreach (ReceivedChunk chunk in stream.Chunks)
        {
            // Megabytes come in thousands of pieces: the first ones tell enough.
            if (++more <= 8)
            {
                yield return (chunk.At, name, $"received {Words.Count(chunk.Bytes.Length, "byte")}");
            }
        }

        if (more > 8)
        {
            yield return (stream.Chunks[^1].At, name, $"received the last of {more} pieces, {stream.Bytes.Length} bytes in all");
        }

        yield return (stream.EndAt, name, Words.Of(stream.End));
    }
}
