using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>What a stream gave up to its end: <c>fin</c>, <c>rst</c>, or <c>none</c> for a connection that never came.</summary>
public sealed record Reply(string Text, string End);

/// <summary>A client of bytes: sends what it is told, reads both streams to their ends.</summary>
internal sealed class Client : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket? _listener;

    private Client(Socket primary, Socket? listener) => (Primary, _listener) = (primary, listener);

    public Socket Primary { get; }

    public Socket? Aux { get; private set; }

    public int AuxPort => ((IPEndPoint)_listener!.LocalEndPoint!).Port;

    public static async Task<Client> ConnectAsync(IPEndPoint server, bool aux = false)
    {
        Socket? listener = null;
        if (aux)
        {
            listener = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(server.Address, 0));
            listener.Listen(1);
        }

        var primary = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await primary.ConnectAsync(server);
        return new Client(primary, listener);
    }

    /// <summary>Sends a request in one piece, with the port of the listener if there is one.</summary>
    public async Task RequestAsync(string user, string password, string command, string rest = "") =>
        await SendAsync($"{(_listener is null ? "" : AuxPort.ToString())}\0{user}\0{password}\0{command}\0{rest}");

    public async Task SendAsync(string text) => await Primary.SendAsync(ByteText.Bytes(text));

    public async Task AcceptAsync(TimeSpan? patience = null) => Aux = await _listener!.AcceptAsync().WaitAsync(patience ?? Patience);

    public async Task SignalAsync(byte signal) => await Aux!.SendAsync(new[] { signal });

    public Task<Reply> ReadPrimaryAsync() => ReadAsync(Primary);

    public Task<Reply> ReadAuxAsync() => ReadAsync(Aux!);

    /// <summary>Reads until this text has come.</summary>
    public async Task ExpectAsync(string text)
    {
        byte[] buffer = new byte[text.Length];
        for (int done = 0; done < buffer.Length;)
        {
            int count = await Primary.ReceiveAsync(buffer.AsMemory(done)).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, count);
            done += count;
        }

        Assert.Equal(text, ByteText.Text(buffer));
    }

    /// <summary>A whole exchange: request, then both streams.</summary>
    public static async Task<(Reply Primary, Reply? Aux)> ExchangeAsync(
        IPEndPoint server, string user, string password, string command, bool aux = false, string rest = "")
    {
        using Client client = await ConnectAsync(server, aux);
        await client.RequestAsync(user, password, command, rest);
        if (!aux)
        {
            return (await client.ReadPrimaryAsync(), null);
        }

        await client.AcceptAsync();
        Task<Reply> auxReply = client.ReadAuxAsync();
        return (await client.ReadPrimaryAsync(), await auxReply);
    }

    public void Dispose()
    {
        Primary.Dispose();
        Aux?.Dispose();
        _listener?.Dispose();
    }

    private static async Task<Reply> ReadAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new System.Text.StringBuilder();
        byte[] buffer = new byte[65536];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
            {
                text.Append(ByteText.Text(buffer.AsSpan(0, count)));
            }

            return new Reply(text.ToString(), "fin");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new Reply(text.ToString(), "rst");
        }
    }
}
