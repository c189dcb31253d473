namespace Rexecd;

/// <summary>The process group of a scripted command: what a signal does to the shell and to its background job.</summary>
internal sealed class ProcessGroup : IDisposable
{
    private readonly CancellationTokenSource _foreground;
    private readonly CancellationTokenSource _background;
    private readonly CancellationTokenSource _caught;
    private SignalReader? _reader;
    private SignalReader? _input;
    private int _trapped;

    public ProcessGroup(CancellationToken cancel)
    {
        _foreground = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _background = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _caught = CancellationTokenSource.CreateLinkedTokenSource(_foreground.Token);
    }

    /// <summary>Cancelled when a signal ends the shell and what it waits for.</summary>
    public CancellationToken Foreground => _foreground.Token;

    /// <summary>Cancelled when a signal ends the background job.</summary>
    public CancellationToken Background => _background.Token;

    /// <summary>The shell handles this signal itself: it cancels the token returned, as the end of the shell does.</summary>
    public CancellationToken Trap(int signal)
    {
        _trapped = signal;
        return _caught.Token;
    }

    /// <summary>Takes signals from the auxiliary connection from now on.</summary>
    /// <param name="aux">The auxiliary connection.</param>
    /// <param name="endsAtInput">Whether the first signal, or the client's half-close, ends that connection (facts 3.5).</param>
    public void Listen(IConnection aux, bool endsAtInput) =>
        _reader = new SignalReader(aux, Deliver, endsAtInput ? () => aux.Shutdown() : null);

    /// <summary>Reads the input of a command that does not, and ends the command, jobs too, at the client's half-close (facts 3.12).</summary>
    public void EndWith(IConnection primary) => _input = new SignalReader(primary, _ => { }, () =>
    {
        if (primary.HalfClosed)
        {
            _foreground.Cancel();
            _background.Cancel();
        }
    });

    /// <summary>Takes no more signals and no more input; after this the connections may be closed.</summary>
    public async ValueTask StopAsync()
    {
        foreach (SignalReader reader in new[] { _reader, _input }.OfType<SignalReader>())
        {
            await reader.StopAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _caught.Dispose();
        _foreground.Dispose();
        _background.Dispose();
    }

    private void Deliver(sbyte signal)
    {
        switch (signal)
        {
            // 0 tests only, the kernel knows no others: killpg fails and the daemon does not care (facts 2.8).
            case < 1 or > 64:
                return;

            // CHLD, CONT, URG, WINCH: ignored by default. STOP, TSTP, TTIN, TTOU would stop, which is not imitated.
            case >= 17 and <= 23 or 28:
                return;
        }

        // The shell before its job, so that it never sees the job end first.
        (signal == _trapped ? _caught : _foreground).Cancel();

        // A shell without job control starts background jobs with INT and QUIT ignored.
        if (signal is not (2 or 3))
        {
            _background.Cancel();
        }
    }
}
