using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

public class TimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    public async Task Port_without_nul_ends_in_a_silent_fin(string sent)
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { PortTimeout = Short });
        var clock = Stopwatch.StartNew();
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(sent);
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
        Assert.InRange(clock.ElapsedMilliseconds, 250, 10000);
    }

    [Fact]
    public async Task Dripped_digits_do_not_extend_it()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { PortTimeout = Short });
        var clock = Stopwatch.StartNew(); // the server's runs from its accept, so later than this one
        using Client client = await Client.ConnectAsync(server.EndPoint);
        Task<Reply> reply = client.ReadPrimaryAsync();
        using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!reply.IsCompleted && await drip.WaitForNextTickAsync())
        {
            try
            {
                await client.SendAsync("0");
            }
            catch (SocketException)
            {
                break;
            }
        }

        Assert.Equal("", (await reply).Text);
        Assert.InRange(clock.ElapsedMilliseconds, 200, 10000);
    }

    [Fact]
    public async Task Ends_with_the_port()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { PortTimeout = Short });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0");
        Task<Reply> reply = client.ReadPrimaryAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(Short * 2));
        await client.SendAsync("good\0secret\0echo out\0");
        Assert.Equal(new Reply("\0out\n", "fin"), await reply);
    }

    [Fact]
    public async Task Strings_have_one_where_it_is_asked_for()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { FieldTimeout = Short });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0good\0secret\0");
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [SkippableFact]
    public async Task Auxiliary_connect_that_nobody_answers_ends_in_a_silent_fin()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "other systems answer with a reset when a backlog is full");
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { ConnectTimeout = Short });
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(full.LocalEndPoint!);
        using Client client = await Client.ConnectAsync(server.EndPoint);
        var clock = Stopwatch.StartNew();
        await client.SendAsync($"{((IPEndPoint)full.LocalEndPoint!).Port}\0");
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
        Assert.InRange(clock.ElapsedMilliseconds, 250, 10000);
    }

    [Fact]
    public async Task Refusal_waits_as_long_as_the_dialect_says()
    {
        await using RexecServer server = SessionTests.Start("debian", o => o with { Dialect = o.Dialect.With("login.refusal-delay-ms", "300") });
        var clock = Stopwatch.StartNew();
        await Client.ExchangeAsync(server.EndPoint, "good", "wrong", "true");
        Assert.InRange(clock.ElapsedMilliseconds, 250, 10000);
    }
}
