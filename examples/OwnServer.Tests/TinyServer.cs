using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OwnServer.Tests;

/// <summary>A rexec server that is as small as can be: two accounts and the longest name, three commands. On loopback, for the example only.</summary>
public sealed class TinyServer : IAsyncDisposable
{
    private static readonly Dictionary<string, (string Output, string Errors)> s_commands = new()
    {
        [""] = ("", ""),
        ["true"] = ("", ""),
        ["echo out"] = ("out\n", ""),
        ["echo out; echo err >&2"] = ("out\n", "err\n"),
    };

    private const int MostOfName = 14;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly string _fault;
    private readonly Task _accepting;

    private TinyServer(string fault)
    {
        _fault = fault;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="fault">Empty; <c>no-newline</c>: its diagnostics lack the newline at their end; <c>absent</c>: it is gone before anyone asks.</param>
    public static TinyServer Start(string fault)
    {
        var server = new TinyServer(fault);
        if (fault == "absent")
        {
            server._listener.Stop();
        }

        return server;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It listens no longer.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream primary = client.GetStream();
                string port = await FieldAsync(primary, int.MaxValue);
                using TcpClient? aux = int.TryParse(port, out int number) && number > 0 ? new TcpClient() : null;
                if (aux is not null)
                {
                    await aux.ConnectAsync(IPAddress.Loopback, number, _over.Token);
                }

                string user = await FieldAsync(primary, MostOfName);
                if (user.Length > MostOfName)
                {
                    // What is left of the request stays unread: the old server's close is a reset.
                    await SendAsync(primary, "\x01username too long" + LineEnd);
                    client.Client.Close(timeout: 0);
                    return;
                }

                string password = await FieldAsync(primary, int.MaxValue);
                string command = await FieldAsync(primary, int.MaxValue);
                if (Refusal(user, password) is { } diagnostic)
                {
                    await SendAsync(primary, "\x01" + diagnostic + LineEnd);
                    return;
                }

                (string output, string errors) = s_commands.GetValueOrDefault(command, ("", $"sh: 1: {command}: not found\n"));
                await SendAsync(primary, "\0");
                await SendAsync(primary, output);
                await SendAsync(aux?.GetStream() ?? primary, errors);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    private static string? Refusal(string user, string password) => (user, password) switch
    {
        ("good" or "victim" or "abcdefghijklmn", "secret") => null,
        ("good" or "victim", _) => "Password incorrect.",
        _ => "Login incorrect.",
    };

    private string LineEnd => _fault == "no-newline" ? "" : "\n";

    // A field up to its NUL, or one character more than it may have.
    private async Task<string> FieldAsync(NetworkStream primary, int most)
    {
        var field = new List<byte>();
        byte[] one = new byte[1];
        while (await primary.ReadAsync(one, _over.Token) == 1)
        {
            if (one[0] == 0)
            {
                return Encoding.Latin1.GetString([.. field]);
            }

            field.Add(one[0]);
            if (field.Count > most)
            {
                return Encoding.Latin1.GetString([.. field]);
            }
        }

        throw new IOException("the client ended within a field");
    }

    private Task SendAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), _over.Token).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
    }
}
