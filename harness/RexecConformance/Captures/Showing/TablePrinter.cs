using System.Globalization;
using RexecConformance.Captures.Guessing;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>One row for each conversation; what the file does not show of it goes elsewhere, so that the table stays one.</summary>
/// <param name="output">The table.</param>
/// <param name="talk">A line for each warning of a conversation.</param>
/// <param name="hold">Rows to wait for before the columns' widths are set; 1 where rows come as they happen.</param>
public sealed class TablePrinter(TextWriter output, Action<string> talk, int hold = 64) : IConversationPrinter
{
    private const int Total = 160;
    private const int MostStatus = 24;
    private const int MostUser = 20;
    private const int MostLikely = 20;

    // Longer ones are cut by the row's end anyway.
    private const int MostCommand = 120;

    private static readonly string[] s_heading =
        ["#", "time", "client", "server", "aux", "status", "primary", "aux ends", "C>S", "S>C", "likely", "user", "command"];

    private readonly ColumnWriter _columns = new(output, s_heading, new HashSet<int> { 0, 1, 8, 9 }, Total, hold);
    private long? _start;

    /// <summary>Time of the capture's first packet, in nanoseconds since 1970: what times are counted from. Null counts from the first row.</summary>
    public long? Start
    {
        get => _start;
        set => _start ??= value;
    }

    /// <inheritdoc/>
    public void Add(ShownConversation shown)
    {
        var (conversation, hidden) = (shown.Conversation, shown.Hidden);
        Start = conversation.Primary.Start.Nanoseconds;
        _columns.Add(
        [
            $"{conversation.Number}",
            ((conversation.Primary.Start.Nanoseconds - Start!.Value) / 1e9).ToString("F6", CultureInfo.InvariantCulture),
            $"{conversation.Client}",
            $"{conversation.Server}",
            ConversationWords.Aux(conversation),
            ConversationWords.StatusCell(conversation, hidden, MostStatus),
            ConversationWords.Ends(conversation, StreamName.Primary),
            ConversationWords.Ends(conversation, StreamName.Aux),
            $"{ConversationWords.Bytes(conversation, Side.Client)}",
            $"{ConversationWords.Bytes(conversation, Side.Server)}",
            GuessText.Word(shown.Guess, MostLikely),
            ConversationWords.Field(conversation.Request.UserName, hidden, MostUser),
            ConversationWords.Field(conversation.Request.Command, hidden, MostCommand),
        ]);
        foreach (var warning in shown.Warnings)
        {
            talk($"conversation {conversation.Number}: warning: {warning}");
        }
    }

    /// <inheritdoc/>
    public void Complete(IReadOnlyList<string> warnings, CaptureFault? fault, int connections) => _columns.Release();
}
