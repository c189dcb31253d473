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

    private RexecServer(RexecServerOptions options, Socket listener)
    {
        _options = options with { Log = options.Log is { } log ? line => TryLog(log, line) : null, Groups = new ProcessGroups() };
        _logins = Logins.Of(_options);
        _listener = listener;
        _free = new SemaphoreSlim(options.SingleConnection ? 1 + Queue : options.MaxSessions);
        _turn = new SemaphoreSlim(options.SingleConnection ? 1 : options.MaxSessions);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The address and the port that the server listens on.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts a server; when this returns it accepts connections.</summary>
    /// <exception cref="ArgumentException">An option that is not allowed: an address off loopback, no sessions.</exception>
    /// <exception cref="PlatformNotSupportedException">Shell commands on a system other than Linux.</exception>
    /// <exception cref="SocketException">The address cannot be used, or is in use.</exception>
    public static RexecServer Start(RexecServerOptions options)
    {
        Check(options);
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

    /// <summary>Stops listening and ends all sessions; nothing is left running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        KeyValuePair<Session, Task>[] open;
        lock (_sessions)
        {
            open = [.. _sessions];
        }

        foreach ((Session session, _) in open)
        {
            session.Stop();
        }

        await Task.WhenAll(open.Select(session => session.Value)).ConfigureAwait(false);
        _options.Groups.End();
        _free.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    private static void Check(RexecServerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSessions, 1, nameof(options));
        bool loopback = IPAddress.IsLoopback(options.Listen.Address);
        SystemNeeds.Check(options);
        if (options.Commands == CommandMode.Shell)
        {
            if (!loopback)
            {
                throw new ArgumentException($"--commands shell listens on loopback only, not on {options.Listen.Address}");
            }
        }

        if (!loopback && !options.AllowRemote)
        {
            throw new ArgumentException($"{options.Listen.Address} is not loopback: passwords go in clear, and are public (--allow-remote)");
        }
    }

    private static void TryLog(Action<string> log, string line)
    {
        try
        {
            log(line);
        }
        catch (Exception)
        {
            // A log that cannot be written (a closed pipe) must not change what clients see.
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
            if (primary is not null && _options.SingleConnection && !_free.Wait(0))
            {
                _options.Log?.Invoke("a connection too many: one at a time");
                primary.Dispose();
            }
            else if (primary is not null)
            {
                Begin(primary);
            }
            else if (!_options.SingleConnection)
            {
                _free.Release();
            }
        }
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
            _options.Log?.Invoke($"accept: {e.Message}");
            await Task.Delay(10).ConfigureAwait(false);
            return null;
        }
    }

    private void Begin(Socket primary)
    {
        var session = new Session(_options, _logins, primary);
        lock (_sessions)
        {
            _sessions[session] = Task.Run(() => RunAsync(session));
        }
    }

    private async Task RunAsync(Session session)
    {
        await _turn.WaitAsync().ConfigureAwait(false); // Stopped sessions end at once, so this needs no cancellation.
        await session.RunAsync().ConfigureAwait(false);
        _free.Release(); // Before the turn, so that whoever is served next leaves a place behind.
        _turn.Release();
        lock (_sessions)
        {
            _sessions.Remove(session);
        }
    }
}
