using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>A client at the other end of a TCP connection.</summary>
internal sealed class TcpClient(Socket primary) : IClient
{
    public IConnection Primary { get; } = new TcpConnection(primary);

    public IPEndPoint Accept()
    {
        primary.NoDelay = true;
        var client = (IPEndPoint)primary.RemoteEndPoint!;

        // A dual-stack super-server's name of an IPv4 client. Rules for PAM_RHOST are written for the other one, and .NET's IPv6 sockets don't reach it.
        return client.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(client.Address.MapToIPv4(), client.Port) : client;
    }

    public async ValueTask<IConnection?> ConnectAsync(IPEndPoint to, CancellationToken cancel)
    {
        var aux = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await aux.ConnectAsync(to, cancel).ConfigureAwait(false);
            aux.NoDelay = true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The client accepted and reset at once. A daemon's blocking connect(2) has succeeded by then; an asynchronous
            // one sees the reset first. A refused connection has another code. What is written here fails, as it should.
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            aux.Dispose();
            return null;
        }

        return new TcpConnection(aux);
    }
}
