using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>What became of the aux connection that a client may ask for.</summary>
public enum AuxOutcome
{
    /// <summary>The client asked for none.</summary>
    NotAsked,

    /// <summary>It is in the file, with its handshake.</summary>
    Connected,

    /// <summary>The server's attempt is in the file and did not succeed.</summary>
    Failed,

    /// <summary>It was asked for and is not in the file.</summary>
    NotInFile,

    /// <summary>The port field is not in the file, so that it is not known whether it was asked for.</summary>
    Unknown,
}

/// <summary>One rexec exchange found in a capture.</summary>
public sealed class Conversation
{
    private IReadOnlyList<DialogueEvent>? _events;
    private IReadOnlyList<string>? _warnings;

    internal Conversation(int number, TcpConnection primary, TcpConnection? aux, AuxOutcome auxOutcome)
    {
        (Number, Primary, Aux, AuxOutcome) = (number, primary, aux, auxOutcome);
        Request = RequestFields.Read(primary.FromInitiator);
        AuxPort = auxOutcome is AuxOutcome.NotAsked or AuxOutcome.Unknown ? 0 : PortField.Value(Request.Port.Bytes.Span);
        PrimaryReply = ServerReply.OfPrimary(Sent(Side.Server, StreamName.Primary)?.Prefix ?? default);
        AuxReply = ServerReply.OfAux(Sent(Side.Server, StreamName.Aux)?.Prefix ?? default, PrimaryReply);
    }

    /// <summary>Place among the file's conversations, from 1, by first packet.</summary>
    public int Number { get; }

    /// <summary>The connection that the request went over.</summary>
    public TcpConnection Primary { get; }

    /// <summary>The connection to the port that the request names, or null.</summary>
    public TcpConnection? Aux { get; }

    /// <summary>What became of the aux connection.</summary>
    public AuxOutcome AuxOutcome { get; }

    /// <summary>The port that the request names, by the servers' own arithmetic; 0 for none.</summary>
    public int AuxPort { get; }

    /// <summary>
    /// True when the capture has connections between the two hosts to ports other than the server's, so that no filter on that port can
    /// have left the aux connection out.
    /// </summary>
    public bool OtherPortsSeen { get; internal init; }

    /// <summary>Who asked.</summary>
    public HostPort Client => Primary.Initiator;

    /// <summary>Who was asked.</summary>
    public HostPort Server => Primary.Responder;

    /// <summary>The four fields.</summary>
    public RequestFields Request { get; }

    /// <summary>What the server sent on the primary stream.</summary>
    public ServerReply PrimaryReply { get; }

    /// <summary>What the server sent on the aux stream.</summary>
    public ServerReply AuxReply { get; }

    /// <summary>All that happened, in the file's order.</summary>
    public IReadOnlyList<DialogueEvent> Events => _events ??= [.. DialogueEvent.Of(Primary, StreamName.Primary, Client)
        .Concat(Aux is null ? [] : DialogueEvent.Of(Aux, StreamName.Aux, AuxClient))
        .OrderBy(item => item.Mark.Frame)];

    /// <summary>What the file does not show, one line each.</summary>
    public IReadOnlyList<string> Warnings => _warnings ??= [.. ConversationWarnings.Of(this)];

    /// <summary>The stream that the NUL of success came on, or null for none.</summary>
    public StreamName? StatusStream => PrimaryReply.HasStatus ? StreamName.Primary : AuxReply.HasStatus ? StreamName.Aux : null;

    /// <summary>
    /// True when the server took the credentials (a NUL), false when it refused (a diagnostic, or an end without a byte),
    /// null when the file does not tell.
    /// </summary>
    public bool? Accepted
    {
        get
        {
            if (StatusStream is not null)
            {
                return true;
            }

            var server = Primary.FromResponder;
            var silent = server.Length == 0 && server.End != EndOfStream.None && (Sent(Side.Server, StreamName.Aux)?.Length ?? 0) == 0;
            return silent || PrimaryReply.Diagnostics.Length > 0 ? false : null;
        }
    }

    /// <summary>
    /// True when the aux connection was there before the client sent any of the user name, false when it came later, null when
    /// the file has no aux connection or no user name.
    /// </summary>
    public bool? AuxBeforeUserName
    {
        get
        {
            var name = Request.UserName;
            var first = Primary.FromInitiator.Pieces.FirstOrDefault(piece => piece.End > name.Offset);
            var known = Aux?.Established is not null && name.State is FieldState.Complete or FieldState.Unfinished && !first.Bytes.IsEmpty;
            return known ? Aux!.Established!.Value.Frame < first.Mark.Frame : null;
        }
    }

    internal HostPort AuxClient => new(Client.Host, AuxPort);

    /// <summary>The connection of a stream, or null where the file has none.</summary>
    public TcpConnection? Connection(StreamName stream) => stream == StreamName.Primary ? Primary : Aux;

    /// <summary>What one side sent on one stream, or null where the file has no such connection.</summary>
    public TcpDirection? Sent(Side side, StreamName stream)
    {
        if (stream == StreamName.Primary)
        {
            return side == Side.Client ? Primary.FromInitiator : Primary.FromResponder;
        }

        return (side == Side.Client) == (Aux?.Initiator == AuxClient) ? Aux?.FromInitiator : Aux?.FromResponder;
    }

    /// <summary>What the server sent on one stream, told apart.</summary>
    public ServerReply Reply(StreamName stream) => stream == StreamName.Primary ? PrimaryReply : AuxReply;

    /// <summary>How one direction of one stream ended.</summary>
    public EndOfStream End(Side side, StreamName stream) => Sent(side, stream)?.End ?? EndOfStream.None;

    /// <summary>Which side ended a stream first, or null where neither did.</summary>
    public Side? FirstToEnd(StreamName stream) => (Sent(Side.Client, stream)?.EndMark, Sent(Side.Server, stream)?.EndMark) switch
    {
        (null, null) => null,
        ({ } client, { } server) => client.Frame < server.Frame ? Side.Client : Side.Server,
        ({ }, null) => Side.Client,
        _ => Side.Server,
    };
}
