using RexecConformance.Captures.Showing;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>Conversations as plain text: one line each, or every segment. Where dialects are to be guessed, see <see cref="ShownConversation"/>.</summary>
public static class ConversationText
{
    /// <summary>The heading of <see cref="Line"/>.</summary>
    public const string Heading = "  # time                           client                 server                 aux           status   ends        request";

    /// <summary>One conversation in one line of a table. The password is not in it.</summary>
    public static string Line(Conversation conversation)
    {
        var hidden = Concealment.Of(conversation, new ShowOptions());
        return $"{conversation.Number,3} {ConversationWords.Time(conversation.Primary.Start.Nanoseconds),-30} {conversation.Client,-22} {conversation.Server,-22} "
            + $"{ConversationWords.Aux(conversation),-13} {ConversationWords.StatusCell(conversation, hidden, 20),-8} "
            + $"{ConversationWords.Ends(conversation, StreamName.Primary),-11} "
            + $"{ConversationWords.Field(conversation.Request.UserName, hidden, 20)} {ConversationWords.Field(conversation.Request.Command, hidden, 40)}";
    }

    /// <summary>One conversation in full: fields, warnings, and every segment in hexadecimal and as text.</summary>
    /// <param name="conversation">Any.</param>
    /// <param name="showPassword">False puts stars in the password's place, wherever it stands.</param>
    public static string Dialogue(Conversation conversation, bool showPassword = false)
    {
        using var text = new StringWriter { NewLine = "\n" };
        DialogueText.Write(text, ShownConversation.Of(conversation, [], new ShowOptions { Passwords = showPassword }));
        return text.ToString();
    }
}
