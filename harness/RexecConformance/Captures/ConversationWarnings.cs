using RexecConformance.Captures.Showing;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>What a conversation's packets do not show, as lines for people.</summary>
internal static class ConversationWarnings
{
    /// <param name="conversation">Any.</param>
    /// <param name="onlyServerPort">Whether all connections between its hosts are to the server's port, where that was looked at.</param>
    public static IEnumerable<string> Of(Conversation conversation, bool? onlyServerPort = null)
    {
        if (!conversation.Primary.FromInitiator.StartKnown)
        {
            yield return "the capture begins in the middle of the primary connection: the request cannot be told apart";
        }

        if (PortFieldWarning.Of(conversation.Request.Port) is { } port)
        {
            yield return port;
        }

        switch (conversation.AuxOutcome)
        {
            case AuxOutcome.NotInFile:
                yield return MissingAux.Text(conversation, onlyServerPort);
                break;
            case AuxOutcome.Failed:
                var how = conversation.Aux is { Refused: true } ? "was refused" : "did not succeed";
                yield return $"the server's connection to port {conversation.AuxPort} {how}";
                break;
            case AuxOutcome.Unknown:
                yield return "the port field is not in the file: an aux connection may belong to this conversation";
                break;
            case AuxOutcome.Connected when conversation.Aux is { InitiatorKnown: false }:
                yield return "the capture begins in the middle of the aux connection";
                break;
        }

        foreach (var stream in Enum.GetValues<StreamName>())
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                if (conversation.Sent(side, stream) is { Lost.Count: > 0 } sent)
                {
                    yield return $"{sent.Lost.Sum(lost => lost.Length)} bytes from the {Name(side)} on the {Name(stream)} stream "
                        + $"are not in the file (the first at offset {sent.Lost[0].Offset}){Where(conversation, side, stream, sent)}";
                }
            }

            foreach (var side in Enum.GetValues<Side>())
            {
                if (conversation.Sent(side, stream) is { KeptWhole: false } sent)
                {
                    yield return $"what the {Name(side)} sent on the {Name(stream)} stream, {sent.Length} bytes, is too long to be kept: "
                        + $"the first {sent.Pieces.Sum(piece => (long)piece.Bytes.Length)} are here";
                }
            }

            if (conversation.Connection(stream) is { Established: not null } && conversation.FirstToEnd(stream) is null)
            {
                yield return $"the file shows no end of the {Name(stream)} connection";
            }
        }
    }

    private static string Where(Conversation conversation, Side side, StreamName stream, TcpDirection sent)
    {
        if (side == Side.Server || stream == StreamName.Aux)
        {
            var handshake = stream == StreamName.Primary && sent.Lost[0].Offset == 0;
            return handshake ? ", so that it is not known what the server answered" : "";
        }

        if (conversation.Request.All.FirstOrDefault(field => field.State == FieldState.Lost) is not { } field)
        {
            return ", in the command's input";
        }

        // The hole may begin in a field and end in any later one.
        return field.Name == "command" ? ", in the command" : $", in the {field.Name} or from there on: no later field can be told";
    }

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
