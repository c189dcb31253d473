using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>How many sessions each peer has, so that one of them does not take every place.</summary>
/// <param name="limit">Sessions of one peer at a time.</param>
/// <param name="loopbackToo">Loopback is limited as well.</param>
internal sealed class PeerLimit(int limit, bool loopbackToo)
{
    private readonly Dictionary<IPAddress, int> _sessions = [];

    public static PeerLimit Of(RexecServerOptions options) =>
        new(options.MaxSessionsPerPeer ?? Math.Max(1, options.MaxSessions / 2), options.MaxSessionsPerPeer is not null);

    /// <summary>The address of a client, or null if it has left.</summary>
    public static IPAddress? AddressOf(Socket primary)
    {
        try
        {
            return (primary.RemoteEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Takes a place; false if the peer has all that it may have.</summary>
    public bool TryEnter(IPAddress peer)
    {
        if (!loopbackToo && IPAddress.IsLoopback(peer))
        {
            return true;
        }

        IPAddress key = Key(peer);
        lock (_sessions)
        {
            int open = _sessions.GetValueOrDefault(key);
            if (open >= limit)
            {
                return false;
            }

            _sessions[key] = open + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(IPAddress peer)
    {
        IPAddress key = Key(peer);
        lock (_sessions)
        {
            if (_sessions.TryGetValue(key, out int open))
            {
                _ = open == 1 ? _sessions.Remove(key) : (_sessions[key] = open - 1) > 0;
            }
        }
    }

    /// <summary>A host has all addresses of its IPv6 network (/64) to itself; a link-local one has only its own.</summary>
    private static IPAddress Key(IPAddress peer)
    {
        if (peer.IsIPv4MappedToIPv6)
        {
            return peer.MapToIPv4();
        }

        if (peer.AddressFamily != AddressFamily.InterNetworkV6 || peer.IsIPv6LinkLocal || IPAddress.IsLoopback(peer))
        {
            return peer;
        }

        byte[] network = peer.GetAddressBytes();
        network.AsSpan(8).Clear();
        return new IPAddress(network);
    }
}
