using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>A client for many sessions: no times, no segments, one listener for all auxiliary connections.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly IPEndPoint _server;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoadClient(IPEndPoint server)
    {
        _server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
    }

    /// <summary>The port for requests that ask for an auxiliary connection.</summary>
    public int AuxPort => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Connects and sends a request.</summary>
    public async Task<Socket> BeginAsync(string request)
    {
        var primary = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await primary.ConnectAsync(_server).WaitAsync(s_patience);
        if (request.Length > 0)
        {
            _ = await primary.SendAsync(Encoding.Latin1.GetBytes(request));
        }

        return primary;
    }

    /// <summary>Takes the next auxiliary connection.</summary>
    public async Task<Socket> AcceptAsync() => await _listener.AcceptAsync().WaitAsync(s_patience);

    /// <summary>One session from its beginning to the end of both connections; what the primary brought, one character a byte.</summary>
    public async Task<string> RunAsync(string user, string password, string command, bool aux = false)
    {
        using Socket primary = await BeginAsync($"{(aux ? AuxPort : 0)}\0{user}\0{password}\0{command}\0");
        using Socket? second = aux ? await AcceptAsync() : null;
        string output = await ReadAsync(primary);
        if (second is not null)
        {
            _ = await ReadAsync(second);
        }

        return output;
    }

    /// <summary>All that comes until the server closes or resets.</summary>
    public static async Task<string> ReadAsync(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer).WaitAsync(s_patience) is var count and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // An end as well. Which of the two it is can't be told here: a send that fails takes the reset for itself.
        }

        return text.ToString();
    }

    /// <summary>Reads one byte.</summary>
    public static async Task<int> ByteAsync(Socket socket)
    {
        byte[] one = new byte[1];
        return await socket.ReceiveAsync(one).WaitAsync(s_patience) == 1 ? one[0] : -1;
    }

    public void Dispose() => _listener.Dispose();
}
