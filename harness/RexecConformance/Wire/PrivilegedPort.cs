using System.Net;
using System.Net.Sockets;

namespace RexecConformance.Wire;

/// <summary>Ports below 1024, which need a privilege on most systems.</summary>
public static class PrivilegedPort
{
    private const int First = 1023;
    private const int Last = 600;

    /// <summary>Whether this process may listen on one.</summary>
    public static bool Allowed { get; } = Try();

    /// <summary>Binds the socket to a free port from 1023 down to 600.</summary>
    /// <exception cref="SocketException">None could be bound.</exception>
    public static void Bind(Socket socket, IPAddress address)
    {
        for (int port = First; ; port--)
        {
            try
            {
                socket.Bind(new IPEndPoint(address, port));
                return;
            }
            catch (SocketException) when (port > Last)
            {
                // In use: the next one.
            }
        }
    }

    private static bool Try()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Bind(socket, IPAddress.Loopback);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
