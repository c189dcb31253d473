using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Wire;

/// <summary>A server for one connection, made by hand in each test, and an exchange of the driver with it.</summary>
internal sealed class HandServer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Socket _listener;

    public HandServer(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(4);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public static Send Text(string text, StreamName stream = StreamName.Primary) => new(stream, Encoding.Latin1.GetBytes(text));

    public static string Bytes(StreamTranscript stream) => Encoding.Latin1.GetString(stream.Bytes);

    /// <summary>Waits for the end of both streams, the aux one only if it is expected.</summary>
    public static Exchange Exchange(params WireStep[] steps) => new(steps, StreamWait.ForEnd, StreamWait.ForNothing);

    /// <summary>Drives the exchange while <paramref name="serve"/> has the one connection, which is closed after it.</summary>
    public async Task<Transcript> DriveAsync(Exchange exchange, Func<Socket, Task> serve, AuxBehaviour? aux = null)
    {
        using AuxListener? listener = aux is null ? null : await AuxListener.SingleAsync(EndPoint.Address, aux, CancellationToken.None);
        var withPort = listener is null ? exchange : exchange with
        {
            Steps = [.. exchange.Steps.Select(s => s is Send { Bytes: [(byte)'P', 0] } ? Text($"{listener.Port}\0") : s)],
        };
        Task serving = ServeAsync(serve);
        Transcript transcript = await ExchangeDriver.DriveAsync(EndPoint, withPort, listener, CancellationToken.None).WaitAsync(s_patience);
        await serving.WaitAsync(s_patience);
        return transcript;
    }

    /// <summary>The port of an exchange's first field, for the server's connect.</summary>
    public static async Task<int> ReadPortAsync(Socket client)
    {
        var digits = new StringBuilder();
        byte[] one = new byte[1];
        while (await client.ReceiveAsync(one) == 1 && one[0] != 0)
        {
            digits.Append((char)one[0]);
        }

        return int.Parse(digits.ToString());
    }

    /// <summary>The server's connection to the client's port.</summary>
    public async Task<Socket> ConnectBackAsync(Socket client)
    {
        var aux = new Socket(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await aux.ConnectAsync(new IPEndPoint(EndPoint.Address, await ReadPortAsync(client)));
        return aux;
    }

    /// <summary>Reads until the client's end; the bytes, and FIN or RST.</summary>
    public static async Task<(string Text, string End)> ReadAllAsync(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            return (text.ToString(), "FIN");
        }
        catch (SocketException)
        {
            return (text.ToString(), "RST");
        }
    }

    /// <summary>Closes with RST.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Func<Socket, Task> serve)
    {
        using Socket client = await _listener.AcceptAsync();
        await serve(client);
    }
}
