using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Posix;

namespace Rexecd.Tests.RealLogins;

/// <summary>Signals, half-closes and background jobs of real commands, and what is left of them.</summary>
[Collection("alone")]
public class StreamTests
{
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done";

    [SkippableFact]
    public async Task Byte_is_a_signal_and_unknown_ones_are_harmless()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44");
        using Client client = await StartAsync(server, Trap, "\0ready\n");
        foreach (byte signal in new byte[] { 0, 200, 65, 127, 15 })
        {
            await client.SignalAsync(signal);
        }

        Assert.Equal(new Reply("caught\n", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
    }

    [SkippableTheory]
    [InlineData("bsd44")]
    [InlineData("debian")]
    public async Task Half_close_of_the_auxiliary_connection_does_not_stop_stderr(string dialect)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);
        using Client client = await StartAsync(server, "echo ready; read line; seq 1 20000 >&2", "\0ready\n");
        client.Aux!.Shutdown(SocketShutdown.Send);
        await client.SendAsync("go\n");
        Assert.Equal(string.Concat(Enumerable.Range(1, 20000).Select(i => $"{i}\n")), (await client.ReadAuxAsync()).Text);
    }

    [SkippableFact]
    public async Task Job_that_holds_stderr_keeps_nothing_else_open()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44");
        using Client client = await StartAsync(server, "read line; (cat /mnt/good/gate >&2) </dev/null >/dev/null & echo out", "\0", "mkfifo gate");
        await client.SendAsync("go\n");
        Assert.Equal(new Reply("out\n", "fin"), await client.ReadPrimaryAsync());
        Task<Reply> aux = client.ReadAuxAsync();
        Assert.False(aux.IsCompleted);
        await server.RunAsync("echo late >/mnt/good/gate");
        Assert.Equal(new Reply("late\n", "fin"), await aux);
    }

    [SkippableTheory]
    [InlineData("bsd44", true)]
    [InlineData("bsd44", false)]
    [InlineData("debian", true)]
    public async Task Session_ends_with_its_shell_and_the_job_with_the_server(string dialect, bool aux)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect, "--max-sessions 1");
        (Reply reply, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "sleep 1000 </dev/null >/dev/null 2>&1 & echo $!", aux);
        int job = int.Parse(reply.Text[1..], CultureInfo.InvariantCulture);
        Assert.Equal("again\n", await server.RunAsync("echo again")); // The one place is free.
        Debug.Assert(OperatingSystem.IsLinux());
        Assert.True(Processes.Exists(job));
        await server.TerminateAsync();
        for (int i = 0; Processes.Exists(job) && i < 200; i++)
        {
            await Task.Delay(10); // Whoever inherits it has to collect it.
        }

        Assert.False(Processes.Exists(job));
    }

    [SkippableFact]
    public async Task Relay_does_not_store_what_the_client_does_not_read()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44");
        using Client client = await StartAsync(server, "echo ready; exec head -c 300000000 /dev/zero >&2", "\0ready\n");
        long begin = Environment.TickCount64;
        long memory = Resident(server.Id);
        while (Environment.TickCount64 - begin < 1000)
        {
            Assert.InRange(Resident(server.Id), 0, memory + (64 << 10));
            await Task.Delay(20);
        }

        Assert.False(client.Primary.Poll(0, SelectMode.SelectRead)); // The command still waits to write.
    }

    [SkippableFact]
    public async Task Two_hundred_sessions_leave_nothing_in_the_server()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44");
        await SomeAsync(server, 10);
        (int descriptors, _, int threads) = await SettledAsync(server);
        await SomeAsync(server, 200);
        Assert.InRange((await SettledAsync(server)).Descriptors, 0, descriptors + 2);

        // Threads for calls that block wait some seconds for more of them before they end.
        int most = threads + (2 * Environment.ProcessorCount);
        long begin = Environment.TickCount64;
        while (server.Count().Threads > most && Environment.TickCount64 - begin < 30_000)
        {
            await Task.Delay(50);
        }

        Assert.InRange(server.Count().Threads, 0, most);
    }

    /// <summary>What it has when it has collected all its children.</summary>
    private static async Task<(int Descriptors, int Children, int Threads)> SettledAsync(SystemServer server)
    {
        (int Descriptors, int Children, int Threads) before = server.Count();
        for (int same = 0, i = 0; same < 8 && i < 200; i++)
        {
            await Task.Delay(50);
            (int Descriptors, int Children, int Threads) now = server.Count();
            same = now == before && now.Children == 0 ? same + 1 : 0;
            before = now;
        }

        Assert.Equal(0, before.Children);
        Assert.All(Directory.GetDirectories($"/proc/{server.Id}/task"), thread => Assert.Contains("Uid:\t0\t0\t0\t0\n", File.ReadAllText($"{thread}/status")));
        return before;
    }

    private static long Resident(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ')[^2], CultureInfo.InvariantCulture);

    private static async Task<Client> StartAsync(SystemServer server, string command, string expected, string? before = null)
    {
        if (before is not null)
        {
            await server.RunAsync(before);
        }

        Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", command);
        await client.AcceptAsync();
        await client.ExpectAsync(expected);
        return client;
    }

    private static Task SomeAsync(SystemServer server, int count) => Task.WhenAll(Enumerable.Range(0, 20).Select(async worker =>
    {
        for (int i = worker; i < count; i += 20)
        {
            (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, i % 7 == 0 ? "badsh" : "good", "secret", "echo out; echo err >&2", aux: i % 2 == 0);
            Assert.StartsWith("\0", primary.Text);
        }
    }));
}
