using RexecConformance.Reports;

namespace RexecConformance.Cli.Progress;

/// <summary>
/// How far work is, on standard error. Where a person looks on, one line that changes in place and is gone at the end; else, for work
/// that takes longer, a plain line now and then. No colour but at a terminal, and not if NO_COLOR is set.
/// </summary>
internal sealed class LiveLine : IAsyncDisposable
{
    private const string ToLineEnd = "\x1b[K";

    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_plainEvery = TimeSpan.FromSeconds(10);

    // The one that stands at the end of the terminal; who writes a line there takes it away first.
    private static readonly Lock s_screen = new();
    private static LiveLine? s_shown;

    private readonly Func<(string Text, bool Red)> _now;
    private readonly TextWriter _output;
    private readonly bool _live;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _showing;
    private string _last = "";

    private LiveLine(TextWriter output, bool live, TimeSpan every, Func<(string Text, bool Red)> now)
    {
        _now = now;
        _output = output;
        _live = live;
        _showing = Task.Run(() => ShowAsync(every));
    }

    /// <summary>Starts it.</summary>
    /// <param name="now">What it says now, and whether that is bad; asked from another thread. Nothing is said while it is empty.</param>
    public static LiveLine Start(Func<(string Text, bool Red)> now) =>
        Terminal.Live ? new LiveLine(Console.Error, live: true, s_refresh, now) : Start(Console.Error, s_plainEvery, now);

    /// <summary>Starts one of plain lines.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="every">How often.</param>
    /// <param name="now">What it says.</param>
    internal static LiveLine Start(TextWriter output, TimeSpan every, Func<(string Text, bool Red)> now) => new(output, live: false, every, now);

    /// <summary>Takes the line away for what somebody else writes to the terminal; it comes back by itself.</summary>
    public static void Erase()
    {
        lock (s_screen)
        {
            if (s_shown is { } shown)
            {
                s_shown = null;
                shown._last = "";
                shown._output.Write("\r" + ToLineEnd);
            }
        }
    }

    /// <summary>Takes the line away.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _showing;
        lock (s_screen)
        {
            if (s_shown == this)
            {
                Erase();
            }
        }

        _stop.Dispose();
    }

    /// <summary>A text cut to a number of characters, with dots at its end where there is room for them.</summary>
    internal static string Fitted(string text, int width) =>
        text.Length <= width ? text : width > 6 ? text[..(width - 3)] + "..." : text[..Math.Max(width, 0)];

    private async Task ShowAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                (string text, bool red) = _now();
                if (text.Length > 0 && text != _last)
                {
                    Write(PlainText.OneLine(text), red);
                    _last = text;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the work.
        }
    }

    private void Write(string text, bool red)
    {
        if (!_live)
        {
            _output.WriteLine("rexec-conformance: " + text);
            return;
        }

        // One place stays free: a terminal that is written full begins a new line.
        int width = Terminal.Width - 1;
        string cut = Fitted(text, width);
        lock (s_screen)
        {
            // The mark is set after the write: what is written here goes through the same writer, which asks for it.
            s_shown = null;
            _output.Write("\r" + new Paint(red && Terminal.Colour(_output)).Red(cut) + ToLineEnd);
            s_shown = this;
        }
    }
}
