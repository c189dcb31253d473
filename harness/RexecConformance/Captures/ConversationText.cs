using System.Globalization;
using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>Conversations as plain text: one line each, or every segment.</summary>
public static class ConversationText
{
    /// <summary>The heading of <see cref="Line"/>.</summary>
    public const string Heading = "  # time                        client                 server                 aux       status   ends        request";

    /// <summary>One conversation in one line of a table. The password is not in it.</summary>
    public static string Line(Conversation conversation) =>
        $"{conversation.Number,3} {Time(conversation.Primary.Start.Nanoseconds),-27} {conversation.Client,-22} {conversation.Server,-22} "
        + $"{Aux(conversation),-9} {Status(conversation),-8} {Ends(conversation, StreamName.Primary),-11} "
        + $"{Field(conversation.Request.UserName, 20)} {Field(conversation.Request.Command, 40)}";

    /// <summary>One conversation in full: fields, warnings, and every segment as escaped text.</summary>
    /// <param name="conversation">Any.</param>
    /// <param name="showPassword">False puts a mark in the password's place, wherever it stands in the request.</param>
    public static string Dialogue(Conversation conversation, bool showPassword = false)
    {
        var text = new StringBuilder();
        Line($"conversation {conversation.Number}: {conversation.Client} to {conversation.Server}, {Time(conversation.Primary.Start.Nanoseconds)}");
        foreach (var field in conversation.Request.All)
        {
            var hidden = field == conversation.Request.Password && !showPassword && field.State != FieldState.Absent;
            Line($"  {field.Name,-9} {(hidden ? "(hidden)" : Field(field, int.MaxValue))}");
        }

        Line($"  {"aux",-9} {Aux(conversation)}");
        Line($"  {"status",-9} {Status(conversation)}");
        foreach (var warning in conversation.Warnings)
        {
            Line($"  warning: {warning}");
        }

        foreach (var item in conversation.Events)
        {
            Line($"  {Event(conversation, item, showPassword)}");
        }

        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Event(Conversation conversation, DialogueEvent item, bool showPassword)
    {
        var seconds = (item.Mark.Nanoseconds - conversation.Primary.Start.Nanoseconds) / 1e9;
        var what = item.Kind switch
        {
            EventKind.Data => $"{item.Length} bytes \"{HiddenPassword.Of(conversation, item, showPassword)}\"",
            EventKind.Lost => $"[{item.Length} bytes are not in the file]",
            _ => item.Kind.ToString().ToLowerInvariant(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{seconds,10:F6} {(item.Side == Side.Client ? "C>S" : "S>C")} {item.Stream,-7} {what}");
    }

    private static string Aux(Conversation conversation) => conversation.AuxOutcome switch
    {
        AuxOutcome.NotAsked => "none",
        AuxOutcome.Connected => $"{conversation.AuxPort}",
        AuxOutcome.Failed => $"{conversation.AuxPort} failed",
        AuxOutcome.NotInFile => $"{conversation.AuxPort} absent",
        _ => "unknown",
    };

    private static string Status(Conversation conversation) => conversation.StatusStream switch
    {
        StreamName.Primary => "0",
        StreamName.Aux => "0 on aux",
        _ when conversation.PrimaryReply.Diagnostics.Length > 0 => "1",
        _ => "none",
    };

    private static string Ends(Conversation conversation, StreamName stream) =>
        $"{conversation.End(Side.Server, stream)}/{conversation.End(Side.Client, stream)}".ToLowerInvariant();

    private static string Field(RequestField field, int limit) => field.State switch
    {
        FieldState.Complete => $"\"{ByteText.Escape(field.Bytes.Span, limit)}\"",
        FieldState.Absent => "(absent)",
        var state => $"\"{ByteText.Escape(field.Bytes.Span, limit)}\" ({state.ToString().ToLowerInvariant()})",
    };

    private static string Time(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks(nanoseconds / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
