using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>The one or two connections of a session.</summary>
/// <remarks>
/// None may be closed while a receive is pending on it (.NET would reset it): whoever receives cancels and awaits first.
/// </remarks>
internal sealed class Connections : IDisposable
{
    public Connections(Socket primary)
    {
        primary.NoDelay = true;
        Primary = primary;
        var client = (IPEndPoint)primary.RemoteEndPoint!;

        // A dual-stack super-server's name of an IPv4 client. Rules for PAM_RHOST are written for the other one, and .NET's IPv6 sockets don't reach it.
        Client = client.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(client.Address.MapToIPv4(), client.Port) : client;
    }

    public IPEndPoint Client { get; }

    public Socket Primary { get; }

    public Socket? Aux { get; private set; }

    /// <summary>The connection of a stream: stderr is the auxiliary connection, or the primary without one (facts 2.8).</summary>
    public Socket On(ReplyStream stream) => stream == ReplyStream.Stderr ? Aux ?? Primary : Primary;

    /// <summary>One connect to the client's own address, from a port that the kernel chooses (facts 2.4).</summary>
    public async ValueTask<bool> ConnectAuxAsync(ushort port, CancellationToken cancel)
    {
        IPAddress address = Client.Address;
        var aux = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await aux.ConnectAsync(new IPEndPoint(address, port), cancel).ConfigureAwait(false);
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
            return false;
        }

        Aux = aux;
        return true;
    }

    public void Dispose()
    {
        Primary.Dispose();
        Aux?.Dispose();
    }
}
