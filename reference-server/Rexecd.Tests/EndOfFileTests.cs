using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>A client that ends its stream within a field, where that is no silent close (facts 3.11, 3.12).</summary>
public class EndOfFileTests
{
    private const string Once = "\u0001EOF reading ";

    [Theory]
    [InlineData("\0good")]
    [InlineData("\0good\0sec")]
    [InlineData("\0good\0secret\0echo")]
    public async Task Inetutils_1_9_1_says_so_until_the_client_leaves(string part)
    {
        await using RexecServer server = SessionTests.Start("inetutils191", o => o with { MaxSessions = 1 });
        using (Client client = await Client.ConnectAsync(server.EndPoint))
        {
            await client.SendAsync(part);
            client.Primary.Shutdown(SocketShutdown.Send);
            await client.ExpectAsync(string.Concat(Enumerable.Repeat(Once, 10_000)));
        }

        // The only place is free again.
        Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_it_up_and_a_stop_ends_it()
    {
        RexecServer server = SessionTests.Start("inetutils191");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0good");
        client.Primary.Shutdown(SocketShutdown.Send);
        await client.ExpectAsync(Once);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Within_the_port_it_is_silent()
    {
        await using RexecServer server = SessionTests.Start("inetutils191");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("12");
        client.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("12", "")]
    [InlineData("\0good", "")]
    [InlineData("\0good\0secret\0echo out", "out\n")]
    [InlineData("\0good\0echo out", "out\n")]
    [InlineData("\0good\0echo out\0", "out\n")]
    [InlineData("\0echo out", "out\n")]
    [InlineData("echo out", "out\n")]
    [InlineData("echo out\0", "out\n")]
    [InlineData("\0echo out\0x", "")]
    [InlineData("\0echo out\0\0", "")]
    public async Task NuttX_goes_on_with_what_there_is(string part, string expected)
    {
        // As of 2021, when a half-close was not the end of the session: else nobody could see it.
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using (RexecServer server = SessionTests.Start("nuttx", o => o with
        {
            Dialect = o.Dialect.With("input.half-close", "end-of-input"),
            Log = entry => log.Enqueue(entry.Name),
        }))
        {
            using Client client = await Client.ConnectAsync(server.EndPoint);
            await client.SendAsync(part);
            client.Primary.Shutdown(SocketShutdown.Send);
            Assert.Equal(new Reply(expected, "fin"), await client.ReadPrimaryAsync());
        }

        Assert.Contains(log, name => name == "login-accepted");
    }
}
