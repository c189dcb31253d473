using System.Globalization;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>The words for a conversation's parts that table, dialogue and JSON share.</summary>
internal static class ConversationWords
{
    public static string Name(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>To the nanosecond, UTC.</summary>
    public static string Time(long nanoseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UnixEpoch.AddSeconds(Math.Floor(nanoseconds / 1e9)):yyyy-MM-dd'T'HH:mm:ss}.{((nanoseconds % 1_000_000_000) + 1_000_000_000) % 1_000_000_000:000000000}Z");

    /// <summary><c>none</c>, <c>47803 ok</c>, <c>47803 refused</c>, <c>47803 failed</c>, <c>47803 absent</c> (not in the file), <c>lost</c> (the port field is).</summary>
    public static string Aux(Conversation conversation) => conversation.AuxOutcome switch
    {
        AuxOutcome.NotAsked => "none",
        AuxOutcome.Unknown => "lost",
        _ => $"{conversation.AuxPort} {AuxWord(conversation)}",
    };

    public static string AuxWord(Conversation conversation) => conversation.AuxOutcome switch
    {
        AuxOutcome.NotAsked => "none",
        AuxOutcome.Connected => "ok",
        AuxOutcome.Failed => conversation.Aux is { Refused: true } ? "refused" : "failed",
        AuxOutcome.NotInFile => "absent",
        _ => "lost",
    };

    /// <summary><c>success</c>, <c>refused</c>, <c>silent</c> (refused without a byte), <c>lost</c>, <c>none</c>.</summary>
    public static string Status(Conversation conversation)
    {
        var server = conversation.Primary.FromResponder;
        return conversation.StatusStream is not null ? "success"
            : conversation.PrimaryReply.Diagnostics.Length > 0 || conversation.AuxReply.Diagnostics.Length > 0 ? "refused"
            : server.Lost.Count > 0 && server.Lost[0].Offset == 0 ? "lost"
            : conversation.Accepted == false ? "silent"
            : "none";
    }

    /// <summary><c>0</c>, <c>0 aux</c>, with a diagnostic its text; else the word for what there is.</summary>
    public static string StatusCell(Conversation conversation, Concealment hidden, int most)
    {
        var word = conversation.StatusStream switch
        {
            StreamName.Primary => "0",
            StreamName.Aux => "0 aux",
            _ => Status(conversation) == "refused" ? "1" : Status(conversation),
        };
        return Diagnostic(conversation) is { } text ? $"{word} {hidden.Quote(text.Span, most)}" : word;
    }

    /// <summary>The first diagnostic, without its flag byte and newline; null for none.</summary>
    public static ReadOnlyMemory<byte>? Diagnostic(Conversation conversation)
    {
        var part = conversation.PrimaryReply.Parts.Concat(conversation.AuxReply.Parts).FirstOrDefault(part => part.Kind == ReplyKind.Diagnostic);
        if (part is null)
        {
            return null;
        }

        var text = part.Bytes[1..];
        return text.Length > 0 && text.Span[^1] == '\n' ? text[..^1] : text;
    }

    /// <summary>How a stream ended, who came first standing first: <c>S:fin C:rst</c>; <c>-</c> for no end and for no connection.</summary>
    public static string Ends(Conversation conversation, StreamName stream)
    {
        var ends = new[] { Side.Server, Side.Client }
            .Select(side => (Side: side, Sent: conversation.Sent(side, stream)))
            .Where(one => one.Sent?.EndMark is not null)
            .OrderBy(one => one.Sent!.EndMark!.Value.Frame)
            .Select(one => $"{one.Side.ToString()[0]}:{Name(one.Sent!.End)}");
        var text = string.Join(' ', ends);
        return text.Length == 0 ? "-" : text;
    }

    /// <summary>Bytes that a side sent on both connections, lost ones included.</summary>
    public static long Bytes(Conversation conversation, Side side) =>
        Enum.GetValues<StreamName>().Sum(stream => conversation.Sent(side, stream)?.Length ?? 0);

    /// <summary>A field in quotation marks, with its state where it is not complete.</summary>
    public static string Field(RequestField field, Concealment hidden, int most) => field.State switch
    {
        FieldState.Complete => hidden.Quote(field, most),
        FieldState.Absent => "-",
        var state when field.Bytes.IsEmpty => Name(state),
        var state => $"{hidden.Quote(field, most)} {Name(state)}",
    };
}
