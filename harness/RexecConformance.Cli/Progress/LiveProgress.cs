using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Progress;

/// <summary>Says how far a run is.</summary>
internal sealed class LiveProgress : IRunObserver, IAsyncDisposable
{
    private readonly ProgressCounter _counter = new(TimeProvider.System);
    private readonly LiveLine _line;

    private LiveProgress() => _line = LiveLine.Start(() => (_counter.Line, _counter.AnyRed));

    /// <summary>Starts it.</summary>
    public static LiveProgress Start() => new();

    /// <summary>A target is being started, which may take long: an image is built, a container starts.</summary>
    public void Opening(string target) => _counter.Opening(target);

    /// <inheritdoc/>
    public void Started(ITarget target, int variants) => _counter.Started(target, variants);

    /// <inheritdoc/>
    public void Driving(Variant variant, TimeSpan longest, string waitsFor) => _counter.Driving(variant, longest, waitsFor);

    /// <inheritdoc/>
    public void Finished(VariantResult result) => _counter.Finished(result);

    /// <summary>Takes the line away.</summary>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
