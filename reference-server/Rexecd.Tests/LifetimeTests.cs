using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>Starting, stopping, and what is left afterwards. Alone, since descriptors of the process are counted.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public class LifetimeTests
{
    [SkippableFact]
    public async Task Leaves_no_descriptors_behind()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "counts /proc/self/fd");
        await RunSomeAsync(20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        int before = Descriptors();
        await RunSomeAsync(300);
        Assert.InRange(Descriptors(), 0, before + 3);
    }

    [SkippableFact]
    public async Task Connections_never_answered_end_with_their_clients()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "counts /proc/self/fd");
        await using RexecServer server = SessionTests.Start("interix");
        int before = Descriptors();
        for (int i = 0; i < 300; i++)
        {
            // More than --max-sessions: a session that leaked would make the next one wait.
            using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
            await client.RequestAsync("good", "secret", "true");

            // A close would be a half-close to the server: it hangs for a minute more, as the real one does.
            client.Primary.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        Assert.Equal(new Reply("\0", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true")).Primary);
        for (int i = 0; Descriptors() > before + 3 && i < 100; i++)
        {
            await Task.Delay(20);
        }

        Assert.InRange(Descriptors(), 0, before + 3);
    }

    [Fact]
    public async Task Dispose_ends_sessions_in_every_state()
    {
        RexecServer server = SessionTests.Start("bsd44");
        using Client idle = await Client.ConnectAsync(server.EndPoint);
        using Client named = await Client.ConnectAsync(server.EndPoint);
        await named.SendAsync("\0good\0");
        using Client running = await AuxTests.StartAsync(server, "cat", "\0");
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("", (await idle.ReadPrimaryAsync()).Text);
        Assert.Equal("", (await named.ReadPrimaryAsync()).Text);
        Assert.Equal(new Reply("", "fin"), await running.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "fin"), await running.ReadAuxAsync());
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(server.EndPoint));
    }

    [Fact]
    public async Task Sessions_above_the_limit_wait()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { MaxSessions = 1 });
        using Client first = await Client.ConnectAsync(server.EndPoint);
        await first.RequestAsync("good", "secret", "cat");
        await first.ExpectAsync("\0");
        Task<(Reply Primary, Reply? Aux)> second = Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out");
        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(TimeSpan.FromMilliseconds(200)));
        first.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("\0out\n", "fin"), (await second).Primary);
    }

    [Fact]
    public async Task Second_server_on_a_port_is_an_error()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        SocketException error = Assert.Throws<SocketException>(() => SessionTests.Start("bsd44", o => o with { Listen = server.EndPoint }));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Fact]
    public void Address_off_loopback_must_be_allowed() =>
        Assert.Throws<ArgumentException>(() => SessionTests.Start("bsd44", o => o with { Listen = new IPEndPoint(IPAddress.Any, 0) }));

    [Fact]
    public async Task Log_has_no_password_and_no_command()
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using (RexecServer server = SessionTests.Start("bsd44", o => o with { Log = entry => log.Enqueue(entry.ToString()) }))
        {
            await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out");
            await Client.ExchangeAsync(server.EndPoint, "good", "wrong", "echo out");
        }

        Assert.Contains(log, line => line.StartsWith("login-accepted ") && line.EndsWith(" user=\"good\""));
        Assert.Contains(log, line => line.StartsWith("login-refused ") && line.EndsWith(" user=\"good\" reason=\"bad password\""));
        Assert.DoesNotContain(log, line => line.Contains("secret") || line.Contains("wrong") || line.Contains("echo"));
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static async Task RunSomeAsync(int count)
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        for (int i = 0; i < count; i++)
        {
            string command = i % 3 == 0 ? "echo out" : "seq 1 20000";
            await Client.ExchangeAsync(server.EndPoint, i % 5 == 0 ? "nobody" : "good", "secret", command, aux: i % 2 == 0);
        }
    }
}
