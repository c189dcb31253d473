using System.Diagnostics;

namespace Rexecd.Tests;

/// <summary>SIGTERM lets sessions end, for a while; SIGINT and a second SIGTERM don't.</summary>
public class StopTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [SkippableFact]
    public async Task Session_may_end_after_the_listener_is_closed()
    {
        Needs.Linux();
        await using ServerProcess server = await ServerProcess.StartAsync("--grace", "15s");
        using Client client = await RunningAsync(server);
        server.Signal(Terminate);
        await RefusedAsync(server);
        await client.SendAsync("hello");
        client.Primary.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(new Reply("hello", "fin"), await client.ReadPrimaryAsync());
        (string error, int exitCode) = await server.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Matches(@" stop sessions=\d how=grace\n", error); // The client that looks whether someone listens may be one.
        Assert.Contains(" how=completed ", error);
    }

    [SkippableTheory]
    [InlineData("200ms", false, Terminate, 0, 200)]
    [InlineData("15s", false, Interrupt, 130, 0)]
    [InlineData("15s", true, Terminate, 0, 0)]
    public async Task Session_that_does_not_end_is_ended(string grace, bool twice, int signal, int exitCode, int atLeast)
    {
        Needs.Linux();
        await using ServerProcess server = await ServerProcess.StartAsync("--grace", grace);
        using Client client = await RunningAsync(server);
        var clock = Stopwatch.StartNew();
        server.Signal(signal);
        if (twice)
        {
            await RefusedAsync(server); // Two signals sent at once may arrive as one.
            server.Signal(signal);
        }

        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
        (string error, int code) = await server.EndAsync();
        Assert.InRange(clock.ElapsedMilliseconds, atLeast, 8000);
        Assert.Equal(exitCode, code);
        Assert.Contains(" how=stopped ", error);
    }

    /// <summary>A session whose command waits for input.</summary>
    private static async Task<Client> RunningAsync(ServerProcess server)
    {
        Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "cat");
        await client.ExpectAsync("\0");
        return client;
    }

    /// <summary>Waits until nobody listens any more.</summary>
    private static async Task RefusedAsync(ServerProcess server)
    {
        while (true)
        {
            try
            {
                using Client late = await Client.ConnectAsync(server.EndPoint);
                await Task.Delay(5);
            }
            catch (System.Net.Sockets.SocketException)
            {
                return;
            }
        }
    }
}
