using RexecConformance.Fuzzing.Running;
using Spectre.Console;

namespace RexecConformance.Cli.Commands;

/// <summary>One line on standard error that says how far a fuzz run is, where a person looks on; else nothing.</summary>
internal sealed class FuzzProgress : IAsyncDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _showing;

    private FuzzProgress(IAnsiConsole? console, FuzzCounters counters) => _showing = console is null ? Task.CompletedTask : Task.Run(() => ShowAsync(console, counters));

    /// <summary>Starts it; silent unless standard error is an interactive terminal.</summary>
    public static FuzzProgress Start(FuzzCounters counters)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        bool interactive = !Console.IsErrorRedirected
            && console.Profile.Capabilities is { Interactive: true, Ansi: true }
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new FuzzProgress(interactive ? console : null, counters);
    }

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

    private async Task ShowAsync(IAnsiConsole console, FuzzCounters counters) => await console
        .Live(new Text(""))
        .AutoClear(true)
        .StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(s_refresh);
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    context.UpdateTarget(new Text(counters.Line, new Style(counters.Finds > 0 ? Color.Red : Color.Default)));
                }
            }
            catch (OperationCanceledException)
            {
                // The end of the run.
            }
        });
}
