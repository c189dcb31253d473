using System.Text.Json;
using RexecConformance.Bytes;
using RexecConformance.Captures.Guessing;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>One conversation as the members of a JSON object (docs/capture-show.md lists them).</summary>
internal static class ConversationJson
{
    // Wireshark's names for the four fields, in the order of the request.
    private static readonly string[] s_wireshark = ["exec.stderr_port", "exec.username", "exec.password", "exec.command"];

    public static void Write(Utf8JsonWriter json, ShownConversation shown)
    {
        var (conversation, hidden) = (shown.Conversation, shown.Hidden);
        json.WriteNumber("number", conversation.Number);
        DirectionJson.Mark(json, conversation.Primary.Start);
        json.WriteString("client", conversation.Client.ToString());
        json.WriteString("server", conversation.Server.ToString());
        json.WriteNumber("tcpStream", conversation.Primary.Index);
        var fields = conversation.Request.All;
        for (var i = 0; i < fields.Count; i++)
        {
            // A field that is not complete has no value here: half a name under this key would be taken for a name.
            if (fields[i].State == FieldState.Complete)
            {
                json.WriteString(s_wireshark[i], ByteText.Latin1.GetString(hidden.Field(fields[i])));
            }
        }

        json.WriteStartObject("fields");
        foreach (var field in fields)
        {
            Write(json, field, hidden);
        }

        json.WriteEndObject();
        WriteAux(json, conversation);
        WriteStatus(json, conversation, hidden);
        WriteStreams(json, conversation, hidden);
        Write(json, shown.Guess);
        JsonLine.Texts(json, "warnings", shown.Warnings);
    }

    private static void Write(Utf8JsonWriter json, RequestField field, Concealment hidden)
    {
        json.WriteStartObject(field.Name);
        json.WriteString("state", ConversationWords.Name(field.State));
        if (field.State != FieldState.Absent)
        {
            var bytes = hidden.Field(field);
            json.WriteNumber("length", bytes.Length);
            json.WriteString("text", ByteText.Latin1.GetString(bytes));
            json.WriteString("hex", Convert.ToHexStringLower(bytes));
        }

        if (field.State is FieldState.Complete or FieldState.Unfinished)
        {
            json.WriteNumber("offset", field.Offset);
        }

        json.WriteEndObject();
    }

    private static void WriteAux(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartObject("aux");
        json.WriteString("outcome", ConversationWords.AuxWord(conversation));
        if (conversation.AuxOutcome is not (AuxOutcome.NotAsked or AuxOutcome.Unknown))
        {
            json.WriteNumber("port", conversation.AuxPort);
        }

        if (conversation.Aux is { } aux)
        {
            json.WriteNumber("tcpStream", aux.Index);
            DirectionJson.Mark(json, aux.Start);
        }

        if (conversation.AuxBeforeUserName is { } before)
        {
            json.WriteBoolean("beforeUserName", before);
        }

        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, Conversation conversation, Concealment hidden)
    {
        json.WriteStartObject("status");
        json.WriteString("outcome", ConversationWords.Status(conversation));
        if (conversation.StatusStream is { } stream)
        {
            json.WriteString("stream", ConversationWords.Name(stream));
        }

        if (ConversationWords.Diagnostic(conversation) is { } text)
        {
            json.WriteString("diagnostic", hidden.Quote(text.Span, int.MaxValue)[1..^1]);
        }

        json.WriteEndObject();
    }

    private static void WriteStreams(Utf8JsonWriter json, Conversation conversation, Concealment hidden)
    {
        json.WriteStartObject("streams");
        foreach (var stream in Enum.GetValues<StreamName>().Where(stream => conversation.Connection(stream) is not null))
        {
            json.WriteStartObject(ConversationWords.Name(stream));
            if (conversation.Connection(stream)!.Established is { } established)
            {
                json.WriteStartObject("established");
                DirectionJson.Mark(json, established);
                json.WriteEndObject();
            }

            DirectionJson.Write(json, "client", conversation.Sent(Side.Client, stream), hidden.Known);
            DirectionJson.Write(json, "server", conversation.Sent(Side.Server, stream), hidden.Known);
            if (conversation.FirstToEnd(stream) is { } first)
            {
                json.WriteString("firstToEnd", ConversationWords.Name(first));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DialectGuess guess)
    {
        JsonLine.Texts(json, "likely", guess.Likely.Select(match => match.Dialect));
        json.WriteStartArray("dialects");
        foreach (var match in guess.Ranked)
        {
            json.WriteStartObject();
            json.WriteString("dialect", match.Dialect);
            json.WriteNumber("contradictions", match.Contradictions);
            json.WriteNumber("agreements", match.Agreements);
            json.WriteStartArray("evidence");
            foreach (var one in match.Evidence)
            {
                json.WriteStartObject();
                json.WriteString("property", one.Property);
                json.WriteString("verdict", ConversationWords.Name(one.Agreement));
                json.WriteString("seen", one.Seen);
                json.WriteString("stated", one.Stated);
                json.WriteBoolean("distinguishes", one.Distinguishes);
                json.WriteString("basis", ConversationWords.Name(one.Basis.Kind));
                json.WriteString("source", one.Basis.Source);
                json.WriteString("place", one.Basis.Place);
                json.WriteNumber("frame", one.Frame);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
