using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;

namespace RexecConformance.Wire;

/// <summary>
/// Listening ports that are used again. A new one for each case would leave the machine without free ports after
/// some 16,000 cases in ten seconds.
/// </summary>
public sealed class AuxListenerPool : IDisposable
{
    private readonly ConcurrentDictionary<AddressFamily, ConcurrentBag<Socket>> _free = new();
    private volatile bool _disposed;

    /// <summary>A port on the address for one exchange.</summary>
    internal async ValueTask<AuxListener> LendAsync(IPAddress address, AuxBehaviour behaviour, CancellationToken cancel)
    {
        if (behaviour.Mode is not (AuxMode.Listen or AuxMode.AcceptLate or AuxMode.Reset))
        {
            return await AuxListener.SingleAsync(address, behaviour, cancel);
        }

        if (_free.TryGetValue(address.AddressFamily, out ConcurrentBag<Socket>? bag))
        {
            while (bag.TryTake(out Socket? socket))
            {
                // A connection that already waits is a stranger's: this port is spoilt.
                if (((IPEndPoint)socket.LocalEndPoint!).Address.Equals(address) && !socket.Poll(0, SelectMode.SelectRead))
                {
                    return AuxListener.Pooled(socket, behaviour, this);
                }

                socket.Dispose();
            }
        }

        var fresh = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        fresh.Bind(new IPEndPoint(address, 0));
        fresh.Listen(4);
        return AuxListener.Pooled(fresh, behaviour, this);
    }

    internal bool TakeBack(Socket socket)
    {
        if (_disposed)
        {
            return false;
        }

        _free.GetOrAdd(socket.AddressFamily, _ => []).Add(socket);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        foreach (ConcurrentBag<Socket> bag in _free.Values)
        {
            while (bag.TryTake(out Socket? socket))
            {
                socket.Dispose();
            }
        }
    }
}
