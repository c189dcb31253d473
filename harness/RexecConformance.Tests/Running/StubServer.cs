using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Tests.Running;

/// <summary>A server of a few lines on loopback, as a target.</summary>
internal sealed class StubServer : ITarget
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="serve">Serves one connection, the first being number 0; the socket is closed afterwards.</param>
    /// <param name="oneByOne">True: the next client is served when the one before is done.</param>
    public StubServer(Func<Socket, int, CancellationToken, Task> serve, bool oneByOne = false)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        _serving = ServeAsync(serve, oneByOne);
    }

    public string Name => "stub";

    public string Dialect => "small";

    public AccountFile Accounts => AccountFile.Default;

    public Shell Shell => Shell.Sh;

    public IReadOnlySet<string> Capabilities { get; init; } = new HashSet<string>();

    public int? ArgumentList => null;

    public IReadOnlyList<Deviation> Deviations => [];

    public bool IsLoopback { get; init; } = true;

    public IReadOnlyList<string> Troubles => [];

    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) =>
        ValueTask.FromResult((IPEndPoint?)_listener.LocalEndPoint);

    public IPAddress AuxAddress(AddressFamily network) => IPAddress.Loopback;

    /// <summary>Reads four fields and answers.</summary>
    public static async Task AnswerAsync(Socket client, byte[] answer, CancellationToken cancel)
    {
        byte[] one = new byte[1];
        for (int fields = 0; fields < 4 && await client.ReceiveAsync(one, cancel) == 1;)
        {
            fields += one[0] == 0 ? 1 : 0;
        }

        _ = await client.SendAsync(answer, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<Socket, int, CancellationToken, Task> serve, bool oneByOne)
    {
        var running = new List<Task>();
        try
        {
            for (int number = 0; ; number++)
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                running.Add(OneAsync(client, number));
                await (oneByOne ? running[^1] : Task.CompletedTask);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }

        async Task OneAsync(Socket client, int number)
        {
            using (client)
            {
                try
                {
                    await serve(client, number, _stop.Token);
                }
                catch (Exception e) when (e is OperationCanceledException or SocketException)
                {
                    // The client has left, or the test is over.
                }
            }
        }
    }
}
