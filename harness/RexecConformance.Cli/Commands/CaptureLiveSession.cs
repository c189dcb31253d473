using RexecConformance.Captures;
using RexecConformance.Captures.Live;
using RexecConformance.Captures.Showing;
using RexecConformance.Dialects;

namespace RexecConformance.Cli.Commands;

/// <summary>One run of <c>capture live</c>.</summary>
/// <param name="interfaceName">As the system names it.</param>
/// <param name="dialects">What may be guessed.</param>
/// <param name="options">What is written out.</param>
internal sealed class CaptureLiveSession(string interfaceName, IReadOnlyList<Dialect> dialects, ShowOptions options)
{
    public int? Port { get; init; }

    public bool Full { get; init; }

    public bool Json { get; init; }

    public int? Count { get; init; }

    public TimeSpan? Time { get; init; }

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await Task.Run(() => Show(LiveWays.Preferred, stop), CancellationToken.None);
            return cancel.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Green;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"rexec-conformance: {e.Message}");
            return ExitCodes.Usage;
        }
    }

    private void Show(ILiveCaptures way, CancellationTokenSource stop)
    {
        using IPacketSource source = way.Open(interfaceName, stop.Token);
        Console.Error.WriteLine($"{interfaceName}: capturing with {way.Name}");
        if (Time is { } time)
        {
            stop.CancelAfter(time);
        }

        var feed = new ConversationFeed(source, Port, dialects, options) { Clock = TimeProvider.System };
        var table = new TablePrinter(Console.Out, Talk, hold: 1);
        IConversationPrinter printer = Json ? new JsonPrinter(Console.Out, interfaceName, source.Format)
            : Full ? new DialoguePrinter(Console.Out) : table;
        int shown = 0;
        feed.Run(
            conversation =>
            {
                table.Start = feed.Start;
                if (shown < (Count ?? int.MaxValue))
                {
                    printer.Add(conversation);
                    if (++shown == Count)
                    {
                        stop.Cancel();
                    }
                }
            },
            CancellationToken.None);
        IReadOnlyList<string> warnings = [.. feed.Warnings, .. Lost(source)];
        printer.Complete(warnings, source.Fault, feed.Connections);
        foreach (string warning in source.Fault is { } fault ? warnings.Append(fault.Message) : warnings)
        {
            Talk("warning: " + warning);
        }

        if (shown == 0)
        {
            Talk($"no rexec conversation in {feed.Connections} TCP connections");
        }
    }

    private static IEnumerable<string> Lost(IPacketSource source)
    {
        if (source is ILossySource { Dropped: var dropped and > 0 })
        {
            yield return $"{dropped} packets came faster than they could be read, and are lost";
        }
    }

    private void Talk(string line) => Console.Error.WriteLine($"{interfaceName}: {line}");
}
