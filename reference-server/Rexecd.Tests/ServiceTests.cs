using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>What surrounds the protocol: the port's name, one connection at a time, the audit entry.</summary>
public class ServiceTests
{
    private const string Database = """
        # exec 1/tcp
        biff	512/udp	comsat exec
        exec	512/tcp		# rexecd
        old	513/tcp	older oldest
        broken
        """;

    [Theory]
    [InlineData("exec", 512)]
    [InlineData("oldest", 513)]
    public void Port_comes_from_the_services_database(string service, int port)
    {
        using var file = new TemporaryFile(Database);
        Assert.Equal(port, ServicesDatabase.TcpPort(service, file.Path));
    }

    [Fact]
    public void Unknown_service_or_missing_database_is_a_line()
    {
        using var file = new TemporaryFile(Database);
        Assert.Equal(
            $"--listen: service 'biff' (tcp) is not in {file.Path}",
            Assert.Throws<FileFormatException>(() => ServicesDatabase.TcpPort("biff", file.Path)).Message);
        Assert.StartsWith(
            "--listen: service 'exec': ",
            Assert.Throws<FileFormatException>(() => ServicesDatabase.TcpPort("exec", "/nosuch/file")).Message);
    }

    [SkippableFact]
    public void Listen_takes_the_name()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/etc/services"), "no services database");
        Assert.Equal("127.0.0.1:512", OptionValue.EndPoint("127.0.0.1:exec").ToString());
        Assert.Equal("[::1]:512", OptionValue.EndPoint("[::1]:exec").ToString());
    }

    [Fact]
    public async Task Second_connection_waits_and_third_fails()
    {
        await using RexecServer server = SessionTests.Start("mks", o => o with { SingleConnection = true });
        for (int round = 0; round < 3; round++)
        {
            using Client first = await Client.ConnectAsync(server.EndPoint);
            await first.RequestAsync("good", "secret", "cat");
            await first.ExpectAsync("\0");
            using Client second = await Client.ConnectAsync(server.EndPoint);
            await second.RequestAsync("good", "secret", "echo out");
            Task<Reply> waiting = second.ReadPrimaryAsync();
            using Client third = await Client.ConnectAsync(server.EndPoint);
            Assert.Equal(new Reply("", "fin"), await third.ReadPrimaryAsync());
            await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromMilliseconds(100)));
            first.Primary.Shutdown(SocketShutdown.Send);
            Assert.Equal(new Reply("", "fin"), await first.ReadPrimaryAsync());
            Assert.Equal(new Reply("\0out\n", "fin"), await waiting);
        }
    }

    [Fact]
    public async Task Clients_one_after_the_other_never_fail()
    {
        await using RexecServer server = SessionTests.Start("mks", o => o with { SingleConnection = true });
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary);
        }
    }

    [Fact]
    public async Task Stop_ends_the_one_that_waits_too()
    {
        RexecServer server = SessionTests.Start("mks", o => o with { SingleConnection = true });
        using Client first = await AuxTests.StartAsync(server, "cat", "\0");
        using Client second = await Client.ConnectAsync(server.EndPoint);
        await Task.Delay(50);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("", (await second.ReadPrimaryAsync()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_states_host_user_and_command(bool audit)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using (RexecServer server = SessionTests.Start("mks", o => o with { Audit = audit, Log = entry => log.Enqueue(entry.ToString()) }))
        {
            await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out");
            await Client.ExchangeAsync(server.EndPoint, "good", "wrong", "echo out");
        }

        Assert.Equal(
            audit ? ["host=127.0.0.1 user=\"good\" command=\"echo out\""] : [],
            log.Where(line => line.Contains("audit") || line.Contains("echo")).Select(line => line[line.IndexOf("host=", StringComparison.Ordinal)..]));
    }
}
