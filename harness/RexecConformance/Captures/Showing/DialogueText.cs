using System.Globalization;
using System.Text;
using RexecConformance.Captures.Guessing;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>One conversation in full: what is known of it, then all that happened on both connections, in the file's order.</summary>
internal static class DialogueText
{
    private const int Width = 16;

    /// <summary>Writes one conversation.</summary>
    public static void Write(TextWriter output, ShownConversation shown)
    {
        var (conversation, hidden) = (shown.Conversation, shown.Hidden);
        output.WriteLine($"conversation {conversation.Number}: {conversation.Client} to {conversation.Server}, {ConversationWords.Time(conversation.Primary.Start.Nanoseconds)}");
        foreach (var field in conversation.Request.All)
        {
            Head(field.Name, ConversationWords.Field(field, hidden, int.MaxValue));
        }

        Head("aux", conversation.AuxOutcome == AuxOutcome.NotAsked ? "none asked for" : ConversationWords.Aux(conversation));
        Head("status", ConversationWords.StatusCell(conversation, hidden, int.MaxValue));
        foreach (var stream in Enum.GetValues<StreamName>().Where(stream => conversation.Connection(stream) is not null))
        {
            Head(ConversationWords.Name(stream), $"{Length(Side.Client, stream)} bytes to the server, {Length(Side.Server, stream)} to the client, ends {ConversationWords.Ends(conversation, stream)}");
        }

        if (shown.Guess.Ranked.Count > 0)
        {
            Head("likely", GuessText.Line(shown.Guess));
        }

        foreach (var warning in shown.Warnings)
        {
            Head("warning", warning);
        }

        foreach (var item in conversation.Events)
        {
            Event(output, shown, item);
        }

        var evidence = GuessText.Evidence(shown.Guess).ToList();
        if (evidence.Count > 0)
        {
            output.WriteLine("  evidence of the dialect:");
            evidence.ForEach(line => output.WriteLine("    " + line));
        }

        void Head(string name, string text) => output.WriteLine($"  {name,-9} {text}");

        long Length(Side side, StreamName stream) => conversation.Sent(side, stream)?.Length ?? 0;
    }

    private static void Event(TextWriter output, ShownConversation shown, DialogueEvent item)
    {
        var seconds = (item.Mark.Nanoseconds - shown.Conversation.Primary.Start.Nanoseconds) / 1e9;
        var what = item.Kind switch
        {
            EventKind.Data => $"{item.Length} bytes",
            EventKind.Lost => $"{item.Length} bytes are not in the file",
            var kind => ConversationWords.Name(kind),
        };
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {seconds,11:F6} {(item.Side == Side.Client ? "C>S" : "S>C")} {ConversationWords.Name(item.Stream),-7} {what} (frame {item.Mark.Frame})"));
        if (item.Kind == EventKind.Data)
        {
            Rows(output, item.Offset, shown.Hidden.Bytes(item.Side, item.Stream, item.Offset, item.Bytes.Span));
        }
    }

    // Offset in what the side sent on this stream, sixteen bytes, the same as text.
    private static void Rows(TextWriter output, long offset, byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at += Width)
        {
            var row = bytes.AsSpan(at, Math.Min(Width, bytes.Length - at));
            var line = new StringBuilder(80).Append(CultureInfo.InvariantCulture, $"      {offset + at:x8} ");
            for (var i = 0; i < Width; i++)
            {
                line.Append(i == Width / 2 ? "  " : " ");
                line.Append(i < row.Length ? row[i].ToString("x2", CultureInfo.InvariantCulture) : "  ");
            }

            line.Append("  ");
            foreach (var b in row)
            {
                line.Append(b is >= 0x20 and < 0x7f ? (char)b : '.');
            }

            output.WriteLine(line.ToString());
        }
    }
}
