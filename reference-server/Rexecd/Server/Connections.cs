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
        Client = (IPEndPoint)primary.RemoteEndPoint!;
    }

    public IPEndPoint Client { get; }

    public Socket Primary { get; }

    public Socket? Aux { get; private set; }

    /// <summary>The connection of a stream: stderr is the auxiliary connection, or the primary without one (facts 2.8).</summary>
    public Socket On(ReplyStream stream) => stream == ReplyStream.Stderr ? Aux ?? Primary : Primary;

    /// <summary>One connect to the client's own address, from a port that the kernel chooses (facts 2.4).</summary>
    public async ValueTask<bool> ConnectAuxAsync(ushort port, CancellationToken cancel)
    {
        // An IPv4 client of a dual-stack super-server: .NET's IPv6 sockets don't reach it.
        IPAddress address = Client.Address.IsIPv4MappedToIPv6 ? Client.Address.MapToIPv4() : Client.Address;
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
