using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Targets;
using Spectre.Console;

namespace RexecConformance.Cli.Progress;

/// <summary>Says how far a run is, where a person looks on.</summary>
internal sealed class LiveProgress : IRunObserver, IAsyncDisposable
{
    private readonly ProgressCounter _counter = new(TimeProvider.System);
    private readonly LiveLine _line;

    private LiveProgress(Func<Func<(string, bool)>, LiveLine> start) => _line = start(() => (_counter.Line, _counter.AnyRed));

    /// <summary>Starts it; silent unless standard error is an interactive terminal.</summary>
    public static LiveProgress Start() => new(LiveLine.Start);

    /// <summary>Starts it on a console, or silent on null.</summary>
    internal static LiveProgress Start(IAnsiConsole? console) => new(now => LiveLine.Start(console, now));

    /// <inheritdoc/>
    public void Started(ITarget target, int variants) => _counter.Started(target, variants);

    /// <inheritdoc/>
    public void Finished(VariantResult result) => _counter.Finished(result);

    /// <summary>Takes the line away.</summary>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
