using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>A reference server that listens on one address. Many can run in one process.</summary>
public sealed class RexecServer : IAsyncDisposable
{
    private const int Backlog = 512;

    /// <summary>Connections that wait for a server of one connection at a time; what comes on top of them fails.</summary>
    private const int Queue = 1;

    private readonly RexecServerOptions _options;
    private readonly ILogins _logins;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _turn;
    private readonly Dictionary<Session, Task> _sessions = [];
    private readonly Task _accepting;
    private readonly ServerLog _log;
    private readonly PeerLimit _peers;
    private readonly Defects _defects;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    private RexecServer(RexecServerOptions options, Socket listener)
    {
        _options = options.WithSafeLog() with { Groups = new ProcessGroups() };
        _log = new ServerLog(_options.Log);
        _peers = PeerLimit.Of(options);
        _defects = Defects.Of(options);
        _logins = Logins.Of(_options);
        _listener = listener;
        _free = new SemaphoreSlim(options.SingleConnection ? 1 + Queue : options.MaxSessions);
        _turn = new SemaphoreSlim(options.SingleConnection ? 1 : options.MaxSessions);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _log.Start(options);
        _log.Ready(EndPoint);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The address and the port that the server listens on.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Completes, with one line, if the server ends by itself (<see cref="Defect.EndsAtEightBit"/>): it is disposed then.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Starts a server; when this returns it accepts connections.</summary>
    /// <exception cref="ArgumentException">An option that is not allowed: an address off loopback, no sessions.</exception>
    /// <exception cref="PlatformNotSupportedException">Shell commands on a system other than Linux.</exception>
    /// <exception cref="SocketException">The address cannot be used, or is in use.</exception>
    public static RexecServer Start(RexecServerOptions options)
    {
        StartConditions.Check(options, options.Listen.Address);
        var listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                listener.ExclusiveAddressUse = true;
            }

            listener.Bind(options.Listen);
            listener.Listen(Backlog);
            return new RexecServer(options, listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening, lets the sessions that are open end by themselves, and ends those that are left.</summary>
    /// <param name="grace">How long they may take.</param>
    /// <param name="now">Ends the wait.</param>
    public async Task StopAsync(TimeSpan grace, CancellationToken now)
    {
        await CloseListenerAsync().ConfigureAwait(false);
        KeyValuePair<Session, Task>[] open = Open();
        _log.Stop(open.Length, open.Length > 0 && grace > TimeSpan.Zero ? "grace" : "now");
        await Task.WhenAny(Task.WhenAll(open.Select(session => session.Value)), Task.Delay(grace, now)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops listening and ends all sessions; nothing is left running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await CloseListenerAsync().ConfigureAwait(false);
        KeyValuePair<Session, Task>[] open = Open();
        foreach ((Session session, _) in open)
        {
            session.Stop();
        }

        await Task.WhenAll(open.Select(session => session.Value)).ConfigureAwait(false);
        _options.Groups.End();
        _defects.Dispose();
        _free.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task EndAsync(string why)
    {
        await DisposeAsync().ConfigureAwait(false);
        _ = _ended.TrySetResult(why);
    }

    private async Task CloseListenerAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
    }

    private KeyValuePair<Session, Task>[] Open()
    {
        lock (_sessions)
        {
            return [.. _sessions];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // Without a place connections wait in the kernel's backlog; where one is served at a time they are taken from it, to fail.
            if (!_options.SingleConnection && !await PlaceAsync().ConfigureAwait(false))
            {
                return;
            }

            Socket? primary = await AcceptOneAsync().ConfigureAwait(false);
            if (primary is null)
            {
                Give();
            }
            else if (_options.SingleConnection && !_free.Wait(0))
            {
                Refuse(primary, "one connection at a time");
            }
            else if (PeerLimit.AddressOf(primary) is not { } peer)
            {
                primary.Dispose(); // The client has left.
                _free.Release();
            }
            else if (!_peers.TryEnter(peer))
            {
                Refuse(primary, "--max-sessions-per-peer");
                _free.Release();
            }
            else
            {
                Begin(primary, peer);
            }
        }
    }

    /// <summary>A place that was taken before the accept is free again.</summary>
    private void Give()
    {
        if (!_options.SingleConnection)
        {
            _free.Release();
        }
    }

    private void Refuse(Socket primary, string limit)
    {
        _log.TooMany(PeerLimit.AddressOf(primary)?.ToString() ?? "unknown", limit);
        primary.Dispose();
    }

    private async Task<bool> PlaceAsync()
    {
        try
        {
            await _free.WaitAsync(_stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Socket?> AcceptOneAsync()
    {
        try
        {
            return await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (SocketException e)
        {
            // Out of descriptors, or a client that went away in the backlog: the listener itself is sound.
            _log.AcceptFailed(e.Message);
            await Task.Delay(20).ConfigureAwait(false);
            return null;
        }
    }

    private void Begin(Socket primary, IPAddress peer)
    {
        var session = new Session(_options, _logins, new TcpClient(primary), _defects);
        lock (_sessions)
        {
            _sessions[session] = Task.Run(() => RunAsync(session, peer));
        }
    }

    private async Task RunAsync(Session session, IPAddress peer)
    {
        await _turn.WaitAsync().ConfigureAwait(false); // Stopped sessions end at once, so this needs no cancellation.
        using (SessionCeiling.Start(session, _options))
        {
            await session.RunAsync().ConfigureAwait(false);
        }

        _peers.Leave(peer);
        _free.Release(); // Before the turn, so that whoever is served next leaves a place behind.
        _turn.Release();
        lock (_sessions)
        {
            _sessions.Remove(session);
        }

        if (session.Failure is ServerEndException end)
        {
            _ = EndAsync(end.Message);
        }
    }
}
