namespace Rexecd;

/// <summary>A server in memory with a clock of its own, and its sessions: the same acts lead to the same bytes and times whenever and wherever. For one thread.</summary>
public sealed class MemoryWorld : IDisposable
{
    private readonly RexecServerOptions _options;
    private readonly ILogins _logins;
    private readonly Defects _defects;
    private readonly List<MemorySession> _sessions = [];
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;

    internal MemoryWorld(RexecServerOptions options, ILogins logins)
    {
        _options = options with { Time = Time };
        _logins = logins;
        _defects = Defects.Of(options);

        // With a context continuations of tasks would be queued for it instead of running at once.
        SynchronizationContext.SetSynchronizationContext(null);
    }

    /// <summary>Time since the beginning; it passes only in <see cref="Advance"/>.</summary>
    public TimeSpan Now => Time.Now;

    /// <summary>Connections and descriptors that sessions have left open.</summary>
    public int Left => _defects.Left;

    /// <summary>Null, or why the server itself has ended.</summary>
    public string? Ended { get; private set; }

    internal VirtualTime Time { get; } = new();

    /// <summary>A client connects; what the server does at that, it has done when this returns.</summary>
    public MemorySession Connect(MemoryAux port)
    {
        var session = new MemorySession(this, _options, _logins, _defects, port);
        _sessions.Add(session);
        if (Ended is not null)
        {
            session.Stop(); // Nobody listens any more.
        }

        return session;
    }

    /// <summary>Lets time pass to the next thing that waits for it; false if nothing waits for a time up to this one, which is the time then.</summary>
    public bool Advance(TimeSpan until) => Time.Advance(until);

    /// <summary>Closes what sessions have left open.</summary>
    public void Dispose()
    {
        _defects.Dispose();
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    /// <summary>Looks whether a session has taken the server with it.</summary>
    internal void Look(Session session)
    {
        if (Ended is null && session.Failure is ServerEndException end)
        {
            Ended = end.Message;
            _sessions.ForEach(other => other.Stop());
        }
    }
}
