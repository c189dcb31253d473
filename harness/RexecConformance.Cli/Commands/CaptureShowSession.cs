using RexecConformance.Captures;
using RexecConformance.Captures.Showing;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Reports;

namespace RexecConformance.Cli.Commands;

/// <summary>One run of <c>capture show</c>.</summary>
/// <param name="file">A path, or <c>-</c>.</param>
/// <param name="dialects">What may be guessed.</param>
/// <param name="options">What is written out.</param>
internal sealed class CaptureShowSession(string file, IReadOnlyList<Dialect> dialects, ShowOptions options)
{
    public int? Port { get; init; }

    public bool Full { get; init; }

    public bool Json { get; init; }

    public bool Streams { get; init; }

    public IReadOnlyList<int> Conversations { get; init; } = [];

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            // A read of standard input can't be interrupted: it is left behind.
            return await Task.Run(() => Show(cancel), CancellationToken.None).WaitAsync(cancel);
        }
        catch (CaptureFormatException e)
        {
            return Say(e.Message, ExitCodes.Usage);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Say("there is no such file", ExitCodes.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(Directory.Exists(file) ? "is a directory, expected a capture" : e.Message, ExitCodes.Usage);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static Stream Open(string file) => file == "-"
        ? Console.OpenStandardInput()
        : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private int Show(CancellationToken cancel)
    {
        if (Streams)
        {
            return ShowStreams();
        }

        using Stream stream = Open(file);
        using CaptureReader reader = CaptureReader.Open(stream);
        var feed = new ConversationFeed(reader, Port, dialects, options);
        var table = new TablePrinter(Console.Out, Talk);
        IConversationPrinter printer = Json ? new JsonPrinter(Console.Out, file, reader.Format)
            : Full || Conversations.Count > 0 ? new DialoguePrinter(Console.Out) : table;
        var wanted = Conversations.ToHashSet();
        int shown = 0;
        feed.Run(
            conversation =>
            {
                table.Start = feed.Start;
                if (Conversations.Count == 0 || wanted.Remove(conversation.Conversation.Number))
                {
                    shown++;
                    printer.Add(conversation);
                }
            },
            cancel);
        cancel.ThrowIfCancellationRequested();
        return Complete(printer, feed.Warnings, reader.Fault, feed.Counts.Total, feed.Found, feed.Connections, wanted);
    }

    private int ShowStreams()
    {
        using Stream stream = Open(file);
        CaptureContents contents = CaptureContents.Read(stream, Port);
        var printer = new JsonPrinter(Console.Out, file, contents.Format);
        var owners = new Dictionary<TcpConnection, ShownConversation>();
        foreach (Conversation conversation in contents.Conversations)
        {
            var shown = ShownConversation.Of(conversation, dialects, options);
            owners[conversation.Primary] = shown;
            if (conversation.Aux is { } aux)
            {
                owners[aux] = shown;
            }

            printer.Add(shown);
        }

        foreach (TcpConnection connection in contents.Connections)
        {
            ShownConversation? owner = owners.GetValueOrDefault(connection);
            printer.Add(connection, owner is null ? direction => direction.KnownBytes() : owner.Hidden.Known, owner?.Conversation.Number);
        }

        return Complete(
            printer, [.. contents.Counts.Warnings()], contents.Fault, contents.Counts.Total, contents.Conversations.Count, contents.Connections.Count, []);
    }

    private int Complete(
        IConversationPrinter printer, IReadOnlyList<string> warnings, CaptureFault? fault, int packets, int found, int connections, HashSet<int> missing)
    {
        if (fault is not null && packets == 0)
        {
            return Say($"not a sound capture: its very first packet is damaged: {fault}", ExitCodes.Usage);
        }

        printer.Complete(warnings, fault, connections);
        foreach (string warning in fault is null ? warnings : warnings.Append(fault.ToString()))
        {
            Talk("warning: " + warning);
        }

        if (missing.Count > 0)
        {
            return Say($"there is no conversation {string.Join(", ", missing.Order())}, only {found}", ExitCodes.NothingMatched);
        }

        if (found == 0)
        {
            Talk($"no rexec conversation in {Words.Count(connections, "TCP connection")}");
        }

        return ExitCodes.Green;
    }

    private void Talk(string line) => Console.Error.WriteLine($"{file}: {line}");

    private int Say(string message, int exitCode)
    {
        Console.Error.WriteLine($"rexec-conformance: {file}: {message}");
        return exitCode;
    }
}
