using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>One line that says what a captured conversation shows.</summary>
internal static class ImportedTitle
{
    private const int LongestCommand = 48;

    /// <summary>The title.</summary>
    /// <param name="conversation">What was captured.</param>
    /// <param name="cause">Why it was refused, or null.</param>
    /// <param name="change">What is not to be named is something else in what this gives, byte for byte.</param>
    public static string Of(Conversation conversation, string? cause, Func<ReadOnlyMemory<byte>, byte[]> change)
    {
        string aux = conversation.AuxOutcome switch
        {
            AuxOutcome.Connected => ", with an auxiliary connection",
            AuxOutcome.NotInFile => ", with an auxiliary connection that is not in the file",
            AuxOutcome.Failed => ", with an auxiliary connection that failed",
            _ => "",
        };
        RequestField command = conversation.Request.Command;
        string what = command.State == FieldState.Complete
            ? $"'{ByteText.Escape(change(command.Bytes), LongestCommand)}'"
            : $"a request that stops in the {conversation.Request.All.First(field => field.State != FieldState.Complete).Name}";
        return $"Captured: {what}{aux}: {Outcome(conversation, cause)}";
    }

    private static string Outcome(Conversation conversation, string? cause)
    {
        if (cause is not null)
        {
            bool silent = conversation.PrimaryReply.Parts.Count + conversation.AuxReply.Parts.Count == 0;
            return (silent ? "closed without a word" : "refused") + $" ({cause})";
        }

        if (conversation.Accepted == true)
        {
            string error = conversation.AuxOutcome == AuxOutcome.Connected ? $", {conversation.AuxReply.Output.Length} of error output" : "";
            return $"{conversation.PrimaryReply.Output.Length} bytes of output{error}";
        }

        return conversation.End(Side.Server, StreamName.Primary) == EndOfStream.None ? "no end in the file"
            : conversation.PrimaryReply.Parts.Count == 0 ? "closed without a word" : "refused";
    }
}
