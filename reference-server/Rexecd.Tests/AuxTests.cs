using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>When the auxiliary connection comes, and what bytes on it do.</summary>
public class AuxTests
{
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done";

    [Fact]
    public async Task Is_connected_after_the_port_and_before_the_user_name()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.SendAsync($"{client.AuxPort + 65536}\0");
        await client.AcceptAsync();
        await client.SendAsync("good\0secret\0echo out; echo err >&2\0");
        Assert.Equal(new Reply("\0out\n", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("err\n", "fin"), await client.ReadAuxAsync());
    }

    [Fact]
    public async Task Comes_after_the_login_where_the_dialect_says_so()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { Dialect = o.Dialect.With("aux.connect", "after-login") });
        (Reply primary, Reply? aux) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out; echo err >&2", aux: true);
        Assert.Equal((new Reply("\0out\n", "fin"), new Reply("err\n", "fin")), (primary, aux));
    }

    [Theory]
    [InlineData("", "fin")]
    [InlineData("good\0secret\0true\0", "rst")]
    public async Task Failed_connect_is_a_silent_close(string rest, string end)
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using var refusing = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        refusing.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync($"{((IPEndPoint)refusing.LocalEndPoint!).Port}\0{rest}");
        Assert.Equal(new Reply("", end), await client.ReadPrimaryAsync());
    }

    [SkippableTheory]
    [InlineData("bsd44")]
    [InlineData("debian")]
    public async Task Follows_the_client_s_address_family(string dialect)
    {
        Skip.IfNot(Socket.OSSupportsIPv6, "no IPv6 here");
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Listen = new IPEndPoint(IPAddress.IPv6Loopback, 0) });
        (Reply primary, Reply? aux) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out; echo err >&2", aux: true);
        Assert.Equal((new Reply("\0out\n", "fin"), new Reply("err\n", "fin")), (primary, aux));
    }

    [Theory]
    [InlineData(15, "caught\n")]
    [InlineData(0, "done\n")]
    [InlineData(200, "done\n")]
    [InlineData(17, "done\n")]
    [InlineData(9, "")]
    [InlineData(2, "")]
    public async Task Signal_byte_reaches_the_process_group(byte signal, string rest)
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using Client client = await StartAsync(server, Trap, "\0ready\n");
        await client.SignalAsync(signal);
        Assert.Equal(new Reply(rest, "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
    }

    [Fact]
    public async Task Signal_byte_is_never_read_where_the_connection_is_the_descriptor()
    {
        await using RexecServer server = SessionTests.Start("debian");
        using Client client = await StartAsync(server, Trap, "\0ready\n");
        await client.SignalAsync(15);
        Assert.Equal(new Reply("done\n", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "rst"), await client.ReadAuxAsync());
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("sleep 2")]
    [InlineData("sleep 2 & echo out")]
    public async Task Signal_15_ends_a_command_that_lasts(string command)
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using Client client = await StartAsync(server, command, command.EndsWith("out") ? "\0out\n" : "\0");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await client.SignalAsync(15);
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1900);
    }

    [Fact]
    public async Task Half_close_by_the_client_does_not_stop_stderr()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using Client client = await StartAsync(server, "cat >&2", "\0");
        client.Aux!.Shutdown(SocketShutdown.Send);
        await client.SendAsync("text");
        client.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("text", "fin"), await client.ReadAuxAsync());
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Background_job_holds_both_streams()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "sleep 2 & echo out", aux: true);
        Assert.Equal(new Reply("\0out\n", "fin"), primary);
        Assert.InRange(clock.ElapsedMilliseconds, 1900, 10000);
    }

    internal static async Task<Client> StartAsync(RexecServer server, string command, string beginning)
    {
        Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", command);
        await client.AcceptAsync();
        await client.ExpectAsync(beginning);
        return client;
    }
}
