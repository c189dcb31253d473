using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>Why an aux connection that was asked for is not in the file, as far as the file tells.</summary>
internal static class MissingAux
{
    /// <summary>One line.</summary>
    /// <param name="conversation">One whose aux connection is not in the file.</param>
    /// <param name="onlyServerPort">
    /// True when all connections between its two hosts are to the server's port, false when some have not, null when that was not looked at.
    /// </param>
    public static string Text(Conversation conversation, bool? onlyServerPort)
    {
        var port = conversation.Server.Port;
        var asked = $"an aux connection was asked for (port {conversation.AuxPort}) and is not in the file";
        return (WentOn(conversation), onlyServerPort) switch
        {
            (_, null) => $"{asked}: probably captured with a port-{port} filter, or the server never connected",
            (true, true) => $"{asked}: the exchange went on, and no connection between these hosts is to another port than {port}, so it was probably "
                + $"captured with a port-{port} filter",
            (true, false) => $"{asked}, though the exchange went on and other connections between these hosts are: its packets were dropped, or took another way",
            (false, true) => $"{asked}: no connection between these hosts is to another port than {port}, so it was probably captured with a port-{port} filter, "
                + "or the server never connected",
            (false, false) => $"{asked}: other connections between these hosts are, and the exchange did not go on, so the server never connected",
        };
    }

    // No known server goes on without the connection (facts 2.4), and the usual client waits for it before it sends the name.
    private static bool WentOn(Conversation conversation)
    {
        var name = conversation.Request.UserName;
        var answered = conversation.Sent(Side.Server, StreamName.Primary) is { Length: > 0 };
        var nameSentLater = name.State is FieldState.Complete or FieldState.Unfinished
            && conversation.Primary.FromInitiator.Pieces.Any(piece => piece.Offset == name.Offset);
        return answered || (nameSentLater && conversation.End(Side.Server, StreamName.Primary) == EndOfStream.None);
    }
}
