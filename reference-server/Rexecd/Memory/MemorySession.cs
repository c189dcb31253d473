namespace Rexecd;

/// <summary>One session of a server in memory, and what its client does. For one thread.</summary>
public sealed class MemorySession
{
    private readonly MemoryWorld _world;
    private readonly MemoryClient _client;
    private readonly Session _session;
    private readonly Task _running;
    private readonly int _ceiling;
    private int _sent;

    internal MemorySession(MemoryWorld world, RexecServerOptions options, ILogins logins, Defects defects, MemoryAux port)
    {
        _world = world;
        _ceiling = options.Dialect.FieldCeiling;
        Primary = new MemoryConnection(world.Time, Answer);
        _client = new MemoryClient(world.Time, Primary, port, Answer);
        _session = new Session(options, logins, _client, defects);
        _running = RunAsync();
    }

    /// <summary>The connection that the client made.</summary>
    public MemoryConnection Primary { get; }

    /// <summary>The connection that the server made, once the client has accepted it.</summary>
    public MemoryConnection? Aux => _client.Accepted ? _client.Aux : null;

    /// <summary>When the client accepted it.</summary>
    public TimeSpan AuxAt => _client.AcceptedAt;

    /// <summary>Whether the server has made a connection that the client has not accepted.</summary>
    public bool AuxWaits => _client is { Accepted: false, Aux: not null };

    /// <summary>Bytes that the client had sent on the primary when the server sent its first byte, on either connection; null if it has sent none.</summary>
    public int? AnsweredAfter { get; private set; }

    /// <summary>Whether the server has done with it.</summary>
    public bool Over => _running.IsCompleted;

    /// <summary>The client sends a segment on the primary connection.</summary>
    public void Send(byte[] bytes)
    {
        _sent += bytes.Length;
        _ = Primary.Send(bytes);
    }

    /// <summary>What is wrong beyond the bytes, in one line, or null; the client leaves, and the session must end. What was received is given up.</summary>
    public string? Finish()
    {
        // Orderly first, which costs no exceptions; whoever does not mind is reset, and then stopped as a server is.
        for (int step = 0; step < 3 && !Over; step++)
        {
            if (step == 2)
            {
                _session.Stop();
            }
            else
            {
                Primary.Leave(reset: step == 1);
                _client.Aux?.Leave(reset: step == 1);
            }
        }

        Primary.Release();
        _client.Aux?.Release();
        return _session.Failure is { } failure ? (failure is ServerEndException ? failure.Message : $"internal error: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}")
            : !Over ? "the session did not end when it was stopped"
            : !Primary.Closed ? "the session ended and left its primary connection open"
            : _client.Aux is { Closed: false } ? "the session ended and left its auxiliary connection open"
            : _client.Twice ? "the server opened more than one auxiliary connection"
            : _session.Held > _ceiling ? $"the session held {_session.Held} bytes of a field, more than its ceiling of {_ceiling}"
            : null;
    }

    /// <summary>The server itself has ended.</summary>
    internal void Stop() => _session.Stop();

    private async Task RunAsync()
    {
        await _session.RunAsync().ConfigureAwait(false);
        _world.Look(_session);
    }

    private void Answer() => AnsweredAfter ??= _sent;
}
