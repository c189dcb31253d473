using System.Runtime.InteropServices;

namespace RexecConformance.Cli;

/// <summary>
/// Ctrl-C and TERM: the first asks the verb to stop, which it does at once and writes what is there; the second ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // A verb that does not ask is done within moments, or holds nothing that must be put away.
    private static readonly TimeSpan s_unasked = TimeSpan.FromMilliseconds(400);

    // Longer than any server or container takes to be put away; the kernel and the next run see to the rest.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly bool _asks;
    private int _count;

    /// <summary>Begins to listen.</summary>
    /// <param name="asks">Whether the verb looks at <see cref="Token"/>.</param>
    public Interruption(bool asks)
    {
        _asks = asks;
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>What the verb has done with what was there, to be told at the end; a clause.</summary>
    public static string? Note { get; set; }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Says that it was interrupted, if it was and the verb ended for it.</summary>
    /// <param name="exitCode">The verb's exit code.</param>
    public void Tell(int exitCode)
    {
        _ended.Cancel();
        if (exitCode == ExitCodes.Interrupted && _count > 0)
        {
            Console.Error.WriteLine($"rexec-conformance: interrupted: {Note ?? "stopped before its end"}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _ended.Cancel();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Console.Error.WriteLine("rexec-conformance: interrupted again: ended at once");
            Environment.Exit(ExitCodes.Interrupted);
        }

        _ = Task.Run(EndAsync);
        _stop.Cancel();
    }

    private async Task EndAsync()
    {
        try
        {
            await Task.Delay(_asks ? s_longest : s_unasked, _ended.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Console.Error.WriteLine($"rexec-conformance: interrupted: {(_asks ? $"it did not stop within {s_longest.TotalSeconds:0} s and is ended" : "stopped before its end")}");
        Environment.Exit(ExitCodes.Interrupted);
    }
}
