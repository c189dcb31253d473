using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RexecConformance.Captures.Recording;

/// <summary>A proxy in front of a server that writes down what its clients see.</summary>
public sealed class RecordProxy : IDisposable
{
    private const int Backlog = 128;

    private static readonly TimeSpan s_afterError = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly RecordOptions _options;
    private readonly Action<string> _say;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<int, Task> _running = [];

    private RecordProxy(Socket listener, RecordOptions options, Action<string> say)
    {
        (_listener, _options, _say) = (listener, options, say);
        _places = new SemaphoreSlim(options.MaxSessions);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Conversations so far.</summary>
    public int Conversations { get; private set; }

    /// <summary>Begins to listen. Clients wait until <see cref="RunAsync"/>.</summary>
    /// <param name="options">Where and how long.</param>
    /// <param name="say">Takes one line for each conversation that is over.</param>
    /// <exception cref="SocketException">It can't listen there.</exception>
    public static RecordProxy Start(RecordOptions options, Action<string> say)
    {
        var listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(options.Listen);
            listener.Listen(Backlog);
            return new RecordProxy(listener, options, say);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Serves until as many conversations were there as asked for and are over, or it is cancelled: then all are reset.</summary>
    /// <param name="log">The file.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(CaptureLog log, CancellationToken cancel)
    {
        try
        {
            while (_options.Once is not { } most || Conversations < most)
            {
                await _places.WaitAsync(cancel);
                Socket? client = await AcceptAsync(cancel);
                if (client is null)
                {
                    _ = _places.Release();
                    continue;
                }

                int number = ++Conversations;
                Task session = ServeAsync(number, client, log, cancel);
                _running[number] = session;
                _ = session.ContinueWith(_ => _running.TryRemove(number, out Task? _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // Those under way are cancelled by the same token.
        }
        finally
        {
            _listener.Dispose();
            await Task.WhenAll(_running.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _places.Dispose();
    }

    private async Task<Socket?> AcceptAsync(CancellationToken cancel)
    {
        try
        {
            return await _listener.AcceptAsync(cancel);
        }
        catch (SocketException e)
        {
            // No descriptor is free, or the client withdrew: the next one may do better.
            _say($"a client was not accepted: {e.Message}");
            await Task.Delay(s_afterError, cancel);
            return null;
        }
    }

    private async Task ServeAsync(int number, Socket client, CaptureLog log, CancellationToken cancel)
    {
        try
        {
            _say($"{number} {await new RecordedSession(client, _options, log).RunAsync(cancel)}");
        }
        catch (SocketException e)
        {
            // It was reset before its address could be asked for.
            client.Dispose();
            _say($"{number} gone before it began: {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours ends this conversation and is told; the others go on.
            client.Dispose();
            _say($"{number} was ended by a fault of the recorder: {e.GetType().Name}: {e.Message}");
        }
        finally
        {
            _ = _places.Release();
        }
    }
}
