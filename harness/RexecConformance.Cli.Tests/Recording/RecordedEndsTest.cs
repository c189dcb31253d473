using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Recording;
using RexecConformance.Captures.Tcp;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Tests.Captures.Writing;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Recording;

/// <summary>What a server and a client do to each other through the recorder, made by hand.</summary>
[Trait("needs", "loopback")]
public sealed class RecordedEndsTest : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Socket _server = Listening();

    private IPEndPoint Upstream => (IPEndPoint)_server.LocalEndPoint!;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_fragmented_port_field_reaches_the_server_as_another_one_in_as_many_segments()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using Socket listener = Listening();
        string port = $"{((IPEndPoint)listener.LocalEndPoint!).Port}";
        foreach (char digit in port)
        {
            client.Send([(byte)digit]);
            await ReceiveQueue.EmptyAsync((IPEndPoint)client.LocalEndPoint!);
        }

        client.Send("\0good\0"u8);
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        string field = Read(server, until: "\0good\0")[..^6];
        Assert.NotEqual(port, field);
        using var aux = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        aux.Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(field)));
        using Socket seen = await listener.AcceptAsync().WaitAsync(s_patience);
        Assert.Equal(record.EndPoint.Address, ((IPEndPoint)seen.RemoteEndPoint!).Address);
        aux.Send("err"u8);
        Assert.Equal("err", Read(seen, until: "err"));
        seen.Send([15]);
        Assert.Equal("\u000f", Read(aux, until: "\u000f"));
        aux.Close();
        Assert.Equal("FIN", End(seen));
        seen.Close();
        server.Close();
        Assert.Equal("FIN", End(client));
        client.Close();

        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Assert.Equal(port.Select(digit => $"{digit}").Append("\0good\0"), own.Sent(Side.Client, StreamName.Primary)!.Pieces.Select(piece => Encoding.Latin1.GetString(piece.Bytes.Span)));
        Assert.Equal(AuxOutcome.Connected, own.AuxOutcome);
        Assert.Equal(new byte[] { 15 }, own.Sent(Side.Client, StreamName.Aux)!.KnownBytes());
        Assert.Contains($"port field \"{port}\" was rewritten to \"{field}\" on the server's side", record.Comments());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_of_the_server_is_a_reset_for_the_client(bool afterData)
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        client.Send("\0good\0"u8);
        using (Socket server = await _server.AcceptAsync().WaitAsync(s_patience))
        {
            Assert.Equal("\0good\0", Read(server, until: "\0good\0"));
            if (afterData)
            {
                server.Send("\u0001no\n"u8);
            }

            Reset(server);
        }

        Assert.Equal(afterData ? "\u0001no\nRST" : "RST", ReadAll(client));
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Assert.Equal(EndOfStream.Rst, own.End(Side.Server, StreamName.Primary));
        Assert.Equal(afterData ? 4 : 0, own.Sent(Side.Server, StreamName.Primary)!.Length);
        _ = Tshark.Check(record.Path, anyPorts: true);
    }

    [Fact]
    public async Task A_reset_after_the_servers_end_is_passed_on_too()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: the state of a connection");
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using (Socket server = await _server.AcceptAsync().WaitAsync(s_patience))
        {
            server.Send("x"u8);
            server.Shutdown(SocketShutdown.Send);
            Assert.Equal("xFIN", ReadAll(client));
            Reset(server);
        }

        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        TcpDirection sent = own.Sent(Side.Server, StreamName.Primary)!;
        Assert.True(sent.Fin is not null && sent.Rst is not null && sent.Fin.Value.Frame < sent.Rst.Value.Frame);
        Assert.Throws<SocketException>(() =>
        {
            client.Send("y"u8);
            Thread.Sleep(100);
            client.Send("y"u8);
        });
    }

    [Fact]
    public async Task A_reset_of_the_client_is_a_reset_for_the_server_on_each_connection()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using Socket listener = Listening();
        client.Send(Encoding.Latin1.GetBytes($"{((IPEndPoint)listener.LocalEndPoint!).Port}\0"));
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        using var aux = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        aux.Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(Read(server, until: "\0")[..^1])));
        using Socket seen = await listener.AcceptAsync().WaitAsync(s_patience);
        Reset(seen);
        Assert.Equal("RST", ReadAll(aux));
        client.Send("still"u8);
        Assert.Equal("still", Read(server, until: "still"));
        Reset(client);
        Assert.Equal("RST", ReadAll(server));
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Assert.Equal(EndOfStream.Rst, own.End(Side.Client, StreamName.Aux));
        Assert.Equal(EndOfStream.Rst, own.End(Side.Client, StreamName.Primary));
        Assert.Equal(EndOfStream.None, own.End(Side.Server, StreamName.Primary));
    }

    [Fact]
    public async Task A_refused_aux_connection_is_one_in_the_file_and_a_reset_for_the_server()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        client.Send(Encoding.Latin1.GetBytes($"{((IPEndPoint)bound.LocalEndPoint!).Port}\0"));
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        using var aux = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        aux.Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(Read(server, until: "\0")[..^1])));
        Assert.Equal("RST", ReadAll(aux));
        // The client had sent nothing that a server would not have read: an orderly end.
        Assert.Equal("FIN", End(client));
        Assert.Equal("RST", ReadAll(server));
        client.Close();
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Assert.Equal(AuxOutcome.Failed, own.AuxOutcome);
        Assert.True(own.Aux!.Refused);
        Assert.Contains("stderr connection refused by the client", record.Lines[0], StringComparison.Ordinal);
        _ = Tshark.Check(record.Path, anyPorts: true);
    }

    [Fact]
    public async Task What_comes_with_a_port_that_is_refused_never_reaches_the_server()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        client.Send(Encoding.Latin1.GetBytes($"{((IPEndPoint)bound.LocalEndPoint!).Port}\0good\0secret\0echo out\0"));
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        using var aux = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        aux.Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(Read(server, until: "\0")[..^1])));
        Assert.Equal("RST", ReadAll(aux));
        Assert.Equal("RST", ReadAll(client));
        Assert.Equal("RST", ReadAll(server));
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Assert.Equal(EndOfStream.Rst, own.End(Side.Server, StreamName.Primary));
        Assert.Equal("echo out", Encoding.ASCII.GetString(own.Request.Command.Bytes.Span));
        _ = Tshark.Check(record.Path, anyPorts: true);
    }

    [Fact]
    public async Task Only_the_servers_address_may_connect_to_the_recorder()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        client.Send(Encoding.Latin1.GetBytes($"{((IPEndPoint)listener.LocalEndPoint!).Port}\0"));
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        var port = new IPEndPoint(IPAddress.Loopback, int.Parse(Read(server, until: "\0")[..^1]));
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        stranger.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        stranger.Connect(port);
        Assert.Equal("RST", ReadAll(stranger));
        using var aux = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        aux.Connect(port);
        aux.Send("err"u8);
        using Socket seen = await listener.AcceptAsync().WaitAsync(s_patience);
        Assert.Equal("err", Read(seen, until: "err"));
    }

    [Fact]
    public async Task An_unfinished_port_field_goes_on_as_it_is_when_the_client_ends()
    {
        await using var record = new RecordRun(Upstream);
        using Socket client = Connected(record.EndPoint);
        client.Send("51"u8);
        client.Shutdown(SocketShutdown.Send);
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        Assert.Equal("51FIN", ReadAll(server));
        server.Close();
        Assert.Equal("FIN", End(client));
        _ = await record.ReadAsync(1);
        Assert.Contains("user not sent whole", record.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_conversation_is_reset_and_the_file_says_why()
    {
        await using var record = new RecordRun(Upstream, RecordRun.Options(Upstream) with { IdleLimit = TimeSpan.FromMilliseconds(300) });
        using Socket client = Connected(record.EndPoint);
        using Socket server = await _server.AcceptAsync().WaitAsync(s_patience);
        Assert.Equal("RST", ReadAll(client));
        Assert.Equal("RST", ReadAll(server));
        _ = await record.ReadAsync(1);
        Assert.Contains(record.Comments(), comment => comment.Contains("idle for 0.3 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_reset_and_a_line()
    {
        _server.Dispose();
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var record = new RecordRun((IPEndPoint)free.LocalEndPoint!);
        using Socket client = Connected(record.EndPoint);
        Assert.Equal("RST", ReadAll(client));
        _ = await record.ReadAsync(1);
        Assert.Contains("no connection to the server", record.Lines[0], StringComparison.Ordinal);
    }

    private static Socket Listening()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(4);
        return socket;
    }

    private static Socket Connected(IPEndPoint to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(to);
        return socket;
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private static string Read(Socket socket, string until)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        socket.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        while (!text.ToString().EndsWith(until, StringComparison.Ordinal))
        {
            Assert.Equal(1, socket.Receive(one));
            _ = text.Append((char)one[0]);
        }

        return text.ToString();
    }

    private static string End(Socket socket) => ReadAll(socket);

    private static string ReadAll(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        socket.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        try
        {
            for (int count; (count = socket.Receive(buffer)) > 0;)
            {
                _ = text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            return text + "FIN";
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return text + "RST";
        }
    }
}
