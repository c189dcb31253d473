using RexecConformance.Captures.Tcp;
using RexecConformance.Reports;

namespace RexecConformance.Captures.Showing;

/// <summary>Conversations for machines: <c>start</c>, one <c>conversation</c> each, <c>complete</c>. Without the last the report is not complete.</summary>
/// <param name="output">Where to.</param>
/// <param name="name">The capture's name, as it was given.</param>
/// <param name="format">Its format, or the way of capturing.</param>
public sealed class JsonPrinter(TextWriter output, string name, string format) : IConversationPrinter
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    private bool _started;
    private int _conversations;

    /// <inheritdoc/>
    public void Add(ShownConversation shown)
    {
        Begin();
        _conversations++;
        JsonLine.Write(output, "conversation", json => ConversationJson.Write(json, shown));
    }

    /// <summary>Writes a TCP connection, whatever it is.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="known">The known bytes of its directions, with what is hidden replaced.</param>
    /// <param name="conversation">The number of the conversation that it belongs to, or null.</param>
    public void Add(TcpConnection connection, Func<TcpDirection, byte[]> known, int? conversation)
    {
        Begin();
        JsonLine.Write(output, "connection", json =>
        {
            json.WriteNumber("tcpStream", connection.Index);
            DirectionJson.Mark(json, connection.Start);
            if (conversation is { } number)
            {
                json.WriteNumber("conversation", number);
            }

            json.WriteBoolean("initiatorKnown", connection.InitiatorKnown);
            DirectionJson.Write(json, "initiator", connection.FromInitiator, known);
            DirectionJson.Write(json, "responder", connection.FromResponder, known);
        });
    }

    /// <inheritdoc/>
    public void Complete(IReadOnlyList<string> warnings, CaptureFault? fault, int connections)
    {
        Begin();
        JsonLine.Write(output, "complete", json =>
        {
            json.WriteNumber("conversations", _conversations);
            json.WriteNumber("connections", connections);
            JsonLine.Texts(json, "warnings", warnings);
            if (fault is not null)
            {
                json.WriteStartObject("fault");
                json.WriteNumber("offset", fault.Offset);
                json.WriteString("message", fault.Message);
                json.WriteEndObject();
            }
        });
        output.Flush();
    }

    private void Begin()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        JsonLine.Write(output, "start", json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("suite", SuiteVersion.Text);
            json.WriteString("capture", name);
            json.WriteString("source", format);
        });
    }
}
