using Spectre.Console;

namespace RexecConformance.Cli.Progress;

/// <summary>
/// One line on standard error that changes while work goes on, where a person looks on; it is gone at the end. Where
/// nobody does (no terminal, a dumb one), nothing is written at all. NO_COLOR is honoured.
/// </summary>
internal sealed class LiveLine : IAsyncDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private readonly Func<(string Text, bool Red)> _now;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _showing;

    private LiveLine(IAnsiConsole? console, Func<(string Text, bool Red)> now)
    {
        _now = now;
        _showing = console is null ? Task.CompletedTask : Task.Run(() => ShowAsync(console));
    }

    /// <summary>Starts it; silent unless standard error is an interactive terminal.</summary>
    /// <param name="now">What it says now, and whether that is bad; asked from another thread.</param>
    public static LiveLine Start(Func<(string Text, bool Red)> now)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        bool interactive = !Console.IsErrorRedirected
            && console.Profile.Capabilities is { Interactive: true, Ansi: true }
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return Start(interactive ? console : null, now);
    }

    /// <summary>Starts it on a console, or silent on null.</summary>
    internal static LiveLine Start(IAnsiConsole? console, Func<(string Text, bool Red)> now) => new(console, now);

    /// <summary>Takes the line away.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _showing;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The terminal is gone: the run's results are not.
        }

        _stop.Dispose();
    }

    private async Task ShowAsync(IAnsiConsole console) => await console
        .Live(new Text(""))
        .AutoClear(true)
        .StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(s_refresh);
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    (string text, bool red) = _now();
                    context.UpdateTarget(new Text(text, new Style(red ? Color.Red : Color.Default)));
                }
            }
            catch (OperationCanceledException)
            {
                // The end of the work.
            }
        });
}
