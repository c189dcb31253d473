using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RexecConformance.Tests.Inetd;

/// <summary>What one stream brought, one character for each byte, and how it ended: FIN, RST, or OPEN after the client's patience.</summary>
internal sealed record Stream(string Text, string End)
{
    public override string ToString() => $"{Text.Replace("\0", "\\0", StringComparison.Ordinal).Replace("\u0001", "\\1", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)} {End}";
}

/// <summary>The reply on both connections, and how long the whole took.</summary>
internal sealed record Reply(Stream Primary, Stream? Auxiliary, TimeSpan Took);

/// <summary>The smallest client that these tests need; independent of the suite's own driver, which it must not judge by itself.</summary>
internal static class Client
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request without auxiliary connection.</summary>
    public static Task<Reply> Send(IPEndPoint server, string user, string password, string command, string after = "") =>
        SendRaw(server, $"\0{user}\0{password}\0{command}\0{after}");

    /// <summary>Sends these bytes (one for each character) and reads until the end.</summary>
    public static async Task<Reply> SendRaw(IPEndPoint server, string request, bool halfClose = false)
    {
        using Socket primary = await Connect(server);
        long start = Stopwatch.GetTimestamp();
        await primary.SendAsync(Encoding.Latin1.GetBytes(request));
        if (halfClose)
        {
            primary.Shutdown(SocketShutdown.Send);
        }

        Stream reply = await ReadAll(primary);
        return new Reply(reply, null, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Sends a request with an auxiliary connection; <paramref name="onAuxiliary"/> runs once it is there.</summary>
    public static async Task<Reply> SendWithAuxiliary(
        IPEndPoint server, string user, string password, string command, Func<Socket, Task>? onAuxiliary = null)
    {
        using var listener = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(server.Address, 0));
        listener.Listen();
        using Socket primary = await Connect(server);
        long start = Stopwatch.GetTimestamp();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        await primary.SendAsync(Encoding.Latin1.GetBytes($"{port}\0{user}\0{password}\0{command}\0"));
        using var patience = new CancellationTokenSource(Patience);
        using Socket auxiliary = await listener.AcceptAsync(patience.Token);
        if (onAuxiliary is not null)
        {
            await onAuxiliary(auxiliary);
        }

        Task<Stream> errors = ReadAll(auxiliary);
        Stream reply = await ReadAll(primary);
        return new Reply(reply, await errors, Stopwatch.GetElapsedTime(start));
    }

    private static async Task<Socket> Connect(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return socket;
    }

    private static async Task<Stream> ReadAll(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[65536];
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                int count = await socket.ReceiveAsync(buffer, patience.Token);
                if (count == 0)
                {
                    return new Stream(text.ToString(), "FIN");
                }

                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new Stream(text.ToString(), "RST");
        }
        catch (OperationCanceledException)
        {
            return new Stream(text.ToString(), "OPEN");
        }
    }
}
