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

    /// <summary>A socket that listens on a free port from 1023 down to 600.</summary>
    /// <remarks>Two sockets may bind the same port (.NET allows reuse); only one of them can listen, so that is what is tried.</remarks>
    /// <exception cref="SocketException">There is none.</exception>
    public static Socket Listen(IPAddress address)
    {
        for (int port = First; ; port--)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen(4);
                return socket;
            }
            catch (SocketException) when (port > Last)
            {
                // In use: the next one.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static bool Try()
    {
        try
        {
            using Socket socket = Listen(IPAddress.Loopback);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
