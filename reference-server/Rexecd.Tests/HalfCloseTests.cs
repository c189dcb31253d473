using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>NuttX: the client's half-close ends the session (facts 3.12); everywhere else it is the end of the input (facts 2.10).</summary>
public class HalfCloseTests
{
    [Theory]
    [InlineData("sleep 2")]
    [InlineData("sleep 2 & echo out")]
    [InlineData("trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done")]
    [InlineData("cat")]
    public async Task Ends_a_session_of_NuttX_at_once(string command)
    {
        await using RexecServer server = SessionTests.Start("nuttx");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("", "", command, rest: "text that nobody reads");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        client.Primary.Shutdown(SocketShutdown.Send);
        Reply reply = await client.ReadPrimaryAsync();
        Assert.Equal("fin", reply.End);
        Assert.DoesNotContain("done", reply.Text);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1900);
    }

    [Fact]
    public async Task Leaves_no_time_for_output_when_it_comes_with_the_request()
    {
        var asked = new TaskCompletionSource();
        await using RexecServer server = SessionTests.Start("nuttx", o => o with
        {
            // Holds the session before its first step until all that the client does has arrived.
            Dialect = o.Dialect.With("peer.name", "required"),
            PeerHasName = async (_, _) =>
            {
                await asked.Task;
                return true;
            },
        });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("", "", "echo out");
        client.Primary.Shutdown(SocketShutdown.Send);
        asked.SetResult();
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Is_the_end_of_the_input_elsewhere()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "sleep 2 & echo out");
        client.Primary.Shutdown(SocketShutdown.Send);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(new Reply("\0out\n", "fin"), await client.ReadPrimaryAsync());
        Assert.InRange(clock.ElapsedMilliseconds, 1900, 10000);
    }

    [Theory]
    [InlineData(511, "out\n")]
    [InlineData(512, "")]
    public async Task Buffer_of_NuttX_has_512_bytes(int length, string expected)
    {
        await using RexecServer server = SessionTests.Start("nuttx");
        foreach (string request in new[]
        {
            new string('0', length) + "\0u\0p\0echo out\0",
            "\0" + new string('u', length) + "\0p\0echo out\0",
            "\0u\0" + new string('p', length) + "\0echo out\0",
            "\0u\0p\0" + "echo out".PadRight(length) + "\0",
        })
        {
            using Client client = await Client.ConnectAsync(server.EndPoint);
            await client.SendAsync(request);
            Assert.Equal(expected, (await client.ReadPrimaryAsync()).Text);
        }
    }
}
