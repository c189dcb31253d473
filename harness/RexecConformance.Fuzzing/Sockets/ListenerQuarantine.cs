using System.Collections.Concurrent;
using System.Diagnostics;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Keeps the port of a case to which no connection came, for a while.</summary>
/// <remarks>
/// A server may connect after its client has gone. The port of such a case, once closed, would soon be another
/// case's, to which a stranger's connection came then.
/// </remarks>
internal sealed class ListenerQuarantine : IDisposable
{
    // Each port that is kept is one that a made-up number of another case may hit.
    private static readonly TimeSpan s_term = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<(AuxListener Listener, long Since)> _kept = [];

    /// <summary>Takes the listener of a case that is over.</summary>
    public void Take(AuxListener listener)
    {
        if (listener.Accepted)
        {
            listener.Dispose();
        }
        else
        {
            _kept.Enqueue((listener, Stopwatch.GetTimestamp()));
        }

        while (_kept.TryPeek(out (AuxListener Listener, long Since) oldest) && Stopwatch.GetElapsedTime(oldest.Since) > s_term
            && _kept.TryDequeue(out (AuxListener Listener, long Since) free))
        {
            free.Listener.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_kept.TryDequeue(out (AuxListener Listener, long Since) kept))
        {
            kept.Listener.Dispose();
        }
    }
}
