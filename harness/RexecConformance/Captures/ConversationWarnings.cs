using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>What a conversation's packets do not show, as lines for people.</summary>
internal static class ConversationWarnings
{
    public static IEnumerable<string> Of(Conversation conversation)
    {
        if (!conversation.Primary.FromInitiator.StartKnown)
        {
            yield return "the capture begins in the middle of the primary connection: the request cannot be told apart";
        }

        switch (conversation.AuxOutcome)
        {
            case AuxOutcome.NotInFile:
                yield return $"an aux connection was asked for (port {conversation.AuxPort}) and is not in the file: "
                    + "captured with a port-512 filter, or the server never connected";
                break;
            case AuxOutcome.Failed:
                yield return $"the server's connection to port {conversation.AuxPort} did not succeed";
                break;
            case AuxOutcome.Unknown:
                yield return "the port field is not in the file: an aux connection may belong to this conversation";
                break;
        }

        foreach (var stream in Enum.GetValues<StreamName>())
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                if (conversation.Sent(side, stream) is { Lost.Count: > 0 } sent)
                {
                    yield return $"{sent.Lost.Sum(lost => lost.Length)} bytes from the {Name(side)} on the {Name(stream)} stream "
                        + $"are not in the file (the first at offset {sent.Lost[0].Offset})";
                }
            }

            if (conversation.Connection(stream) is { Established: not null } && conversation.FirstToEnd(stream) is null)
            {
                yield return $"the file shows no end of the {Name(stream)} connection";
            }
        }
    }

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
