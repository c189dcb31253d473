using System.Net;
using System.Net.Sockets;

namespace RexecConformance.Wire;

/// <summary>Addresses of this host.</summary>
public static class LocalAddress
{
    /// <summary>Whether a socket can be bound to the address: it is one of this host's, and its protocol is switched on.</summary>
    public static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
