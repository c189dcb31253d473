using RexecConformance.Captures.Guessing;
using RexecConformance.Dialects;

namespace RexecConformance.Captures.Showing;

/// <summary>A conversation with all that is told of it.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Guess">Which dialects its server may speak.</param>
/// <param name="Warnings">What the file does not show of it, one line each.</param>
public sealed record ShownConversation(Conversation Conversation, DialectGuess Guess, IReadOnlyList<string> Warnings)
{
    internal ShowOptions Options { get; init; } = new();

    internal Concealment Hidden { get; private init; } = null!;

    internal static ShownConversation Of(Conversation conversation, IReadOnlyCollection<Dialect> dialects, ShowOptions options)
    {
        var hidden = Concealment.Of(conversation, options);
        return new ShownConversation(conversation, DialectGuess.Of(conversation, dialects, hidden), [.. ConversationWarnings.Of(conversation, !conversation.OtherPortsSeen)])
        {
            Options = options,
            Hidden = hidden,
        };
    }
}
