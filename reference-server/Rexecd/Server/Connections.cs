using System.Net;

namespace Rexecd;

/// <summary>The one or two connections of a session.</summary>
internal sealed class Connections : IDisposable
{
    private readonly IClient _client;
    private readonly Defects _defects;

    /// <exception cref="System.Net.Sockets.SocketException">The client has left.</exception>
    public Connections(IClient client, Defects defects)
    {
        _client = client;
        _defects = defects;
        Primary = client.Primary;
        Client = client.Accept();
    }

    public IPEndPoint Client { get; }

    public IConnection Primary { get; }

    public IConnection? Aux { get; private set; }

    /// <summary>The connection of a stream: stderr is the auxiliary connection, or the primary without one (facts 2.8).</summary>
    public IConnection On(ReplyStream stream) => stream == ReplyStream.Stderr ? Aux ?? Primary : Primary;

    /// <summary>One connect to the client's own address, from a port that the kernel chooses (facts 2.4).</summary>
    public async ValueTask<bool> ConnectAuxAsync(ushort port, CancellationToken cancel)
    {
        IConnection? aux = await _client.ConnectAsync(new IPEndPoint(Client.Address, port), cancel).ConfigureAwait(false);
        Aux = aux is null ? null : _defects.Auxiliary(aux);
        return aux is not null;
    }

    public void Dispose()
    {
        Primary.Dispose();
        Aux?.Dispose();
    }
}
