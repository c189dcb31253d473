using RexecConformance.Captures;
using RexecConformance.Captures.Live;
using RexecConformance.Captures.Showing;
using RexecConformance.Captures.Writing;
using RexecConformance.Dialects;
using RexecConformance.Reports;

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

    /// <summary>Where all IP packets are written as well, or null.</summary>
    public string? Copy { get; init; }

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await Task.Run(() => Show(LiveWays.Preferred, stop), CancellationToken.None);
            return cancel.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Green;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"rexec-conformance: {e.Message}");
            return ExitCodes.Usage;
        }
    }

    private void Show(ILiveCaptures way, CancellationTokenSource stop)
    {
        using FileStream? file = Copy is null ? null : Opened(Copy);
        using IPacketSource source = Source(way.Open(interfaceName, stop.Token), file);
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
            Talk($"no rexec conversation in {Words.Count(feed.Connections, "TCP connection")}");
        }
    }

    private IPacketSource Source(IPacketSource source, FileStream? file)
    {
        if (file is null)
        {
            return source;
        }

        var writer = new PcapngWriter(file);
        writer.Begin("The packets' link layer was left out.", interfaceName, source.Format);
        return new CopyingSource(source, writer);
    }

    private static FileStream Opened(string path)
    {
        try
        {
            return Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"-w '{path}' can't be written: {WriteFailure.WhyNotNew(e, path)}", e);
        }
    }

    // It holds passwords as they pass: nobody else may read it. What stands there already stays.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
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
