using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RexecConformance.Cli.Tests.Support;

/// <summary>What one connection brought, one character for each byte, and how it ended: FIN, RST, or OPEN if it was still open.</summary>
internal sealed record Seen(string Text, string End, double Seconds);

/// <summary>What both connections brought; <see cref="Aux"/> is null if the server did not connect.</summary>
internal sealed record SeenReply(Seen Primary, Seen? Aux);

/// <summary>
/// A client of a few blocking socket calls: a third opinion beside the suite's driver, of which it uses nothing.
/// </summary>
internal static class PlainClient
{
    /// <summary>Sends a request in one call and reads both connections to their ends.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="request">One character for each byte; <c>&lt;p&gt;</c> stands for the port of a listener.</param>
    /// <param name="act">What the client does once the request is sent and the aux connection, if any, is there.</param>
    /// <param name="patience">How long a connection may stay open.</param>
    /// <param name="from">The client's address, or null for any.</param>
    /// <param name="auxRefused">The port of <c>&lt;p&gt;</c> is bound, but nobody listens.</param>
    public static SeenReply Send(
        IPEndPoint server, string request, Action<Socket, Socket?>? act = null, double patience = 20, IPAddress? from = null, bool auxRefused = false)
    {
        using var listener = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        bool asks = request.Contains("<p>", StringComparison.Ordinal);
        if (asks)
        {
            listener.Bind(new IPEndPoint(from ?? server.Address, 0));
            request = request.Replace("<p>", $"{((IPEndPoint)listener.LocalEndPoint!).Port}", StringComparison.Ordinal);
            if (!auxRefused)
            {
                listener.Listen(1);
            }
        }

        using var primary = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (from is not null)
        {
            primary.Bind(new IPEndPoint(from, 0));
        }

        primary.Connect(server);
        var clock = Stopwatch.StartNew();
        if (request.Length > 0)
        {
            primary.Send(Encoding.Latin1.GetBytes(request));
        }

        using Socket? aux = asks && !auxRefused && listener.Poll(TimeSpan.FromSeconds(patience), SelectMode.SelectRead) ? listener.Accept() : null;
        act?.Invoke(primary, aux);
        Seen? errors = null;
        var reader = new Thread(() => errors = aux is null ? null : ReadAll(aux, clock, patience));
        reader.Start();
        Seen output = ReadAll(primary, clock, patience);
        reader.Join();
        return new SeenReply(output, errors);
    }

    private static Seen ReadAll(Socket socket, Stopwatch clock, double patience)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[65536];
        while (true)
        {
            int left = (int)((patience - clock.Elapsed.TotalSeconds) * 1000);
            if (left <= 0)
            {
                return new Seen(text.ToString(), "OPEN", clock.Elapsed.TotalSeconds);
            }

            try
            {
                socket.ReceiveTimeout = left;
                int count = socket.Receive(buffer);
                if (count == 0)
                {
                    return new Seen(text.ToString(), "FIN", clock.Elapsed.TotalSeconds);
                }

                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
            {
                return new Seen(text.ToString(), "RST", clock.Elapsed.TotalSeconds);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // The time is looked at above.
            }
        }
    }
}
