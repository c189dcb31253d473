using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Targets;
using Spectre.Console;

namespace RexecConformance.Cli.Progress;

/// <summary>
/// One line on standard error that says how far a run is, where a person looks on; it is gone when the run ends. Where
/// nobody does (no terminal, a dumb one), nothing is written at all. NO_COLOR is honoured.
/// </summary>
internal sealed class LiveProgress : IRunObserver, IAsyncDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private readonly ProgressCounter _counter = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _showing;

    private LiveProgress(IAnsiConsole? console) => _showing = console is null ? Task.CompletedTask : Task.Run(() => ShowAsync(console));

    /// <summary>Starts it; silent unless standard error is an interactive terminal.</summary>
    public static LiveProgress Start()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        bool interactive = !Console.IsErrorRedirected
            && console.Profile.Capabilities is { Interactive: true, Ansi: true }
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return Start(interactive ? console : null);
    }

    /// <summary>Starts it on a console, or silent on null.</summary>
    internal static LiveProgress Start(IAnsiConsole? console) => new(console);

    /// <inheritdoc/>
    public void Started(ITarget target, int variants) => _counter.Started(target, variants);

    /// <inheritdoc/>
    public void Finished(VariantResult result) => _counter.Finished(result);

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
                    context.UpdateTarget(new Text(_counter.Line, new Style(_counter.AnyRed ? Color.Red : Color.Default)));
                }
            }
            catch (OperationCanceledException)
            {
                // The end of the run.
            }
        });
}
