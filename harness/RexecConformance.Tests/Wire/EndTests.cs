using System.Net.Sockets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Wire;

/// <summary>How a stream ended: FIN and RST are told apart, also where the kernel reports the reset to a send.</summary>
[Trait("needs", "loopback")]
public sealed class EndTests
{
    [Fact]
    public async Task A_close_is_fin()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(HandServer.Exchange(), async client => await client.SendAsync("\0out\n"u8.ToArray()));
        Assert.Equal(("\0out\n", StreamEnd.Fin), (HandServer.Bytes(t.Primary), t.Primary.End));
        Assert.False(t.Aux.Connected);
        Assert.Null(t.ConnectError);
    }

    [Fact]
    public async Task A_reset_is_rst_and_the_bytes_before_it_are_kept()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(HandServer.Exchange(), async client =>
        {
            await client.SendAsync("\u0001no\n"u8.ToArray());
            await Task.Delay(50); // a reset may overtake what the client has not been told of yet
            HandServer.Reset(client);
        });
        Assert.Equal(("\u0001no\n", StreamEnd.Rst), (HandServer.Bytes(t.Primary), t.Primary.End));
    }

    [Fact]
    public async Task A_close_with_unread_bytes_is_rst()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(HandServer.Text("request")),
            client => Task.FromResult(client.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead)));
        Assert.Equal(StreamEnd.Rst, t.Primary.End);
    }

    // The kernel says ECONNRESET once: here to the second of two sends, since nothing is read before.
    [Fact]
    public async Task A_reset_that_only_a_send_is_told_of_is_rst()
    {
        using var server = new HandServer();
        var reset = new TaskCompletionSource();
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(HandServer.Text("a"), new Pause(TimeSpan.FromMilliseconds(300)), HandServer.Text("b"), HandServer.Text("c"))
                with { ReadAfter = TimeSpan.FromMilliseconds(10) },
            async client =>
            {
                _ = await client.ReceiveAsync(new byte[1]);
                HandServer.Reset(client);
                reset.SetResult();
            });
        Assert.True(reset.Task.IsCompleted);
        Assert.Equal(StreamEnd.Rst, t.Primary.End);
        Assert.Contains(t.Events, e => e.Text.StartsWith("not sent, the connection is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_half_close_the_client_still_reads()
    {
        using var server = new HandServer();
        (string Text, string End) got = default;
        Transcript t = await server.DriveAsync(HandServer.Exchange(HandServer.Text("in"), new HalfClose(StreamName.Primary)), async client =>
        {
            got = await HandServer.ReadAllAsync(client);
            await client.SendAsync("late"u8.ToArray());
        });
        Assert.Equal(("in", "FIN"), got);
        Assert.Equal(("late", StreamEnd.Fin), (HandServer.Bytes(t.Primary), t.Primary.End));
    }

    [Theory]
    [InlineData(true, "RST")]
    [InlineData(false, "FIN")]
    public async Task Our_reset_is_a_reset_and_our_close_a_close(bool reset, string seen)
    {
        using var server = new HandServer();
        (string Text, string End) got = default;
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(HandServer.Text("x"), new AwaitBytes(StreamName.Primary, 1, TimeSpan.FromSeconds(5)), reset ? new Reset(StreamName.Primary) : new Close(StreamName.Primary)),
            async client =>
            {
                await client.SendAsync("y"u8.ToArray());
                got = await HandServer.ReadAllAsync(client);
            });
        Assert.Equal(("x", seen), got);
        Assert.Equal(StreamEnd.Left, t.Primary.End);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        IPEndPointOf(out var end);
        Transcript t = await ExchangeDriver.DriveAsync(end, HandServer.Exchange(HandServer.Text("x")), null, CancellationToken.None);
        Assert.Equal("connection refused", t.ConnectError);
        Assert.False(t.Primary.Connected);
        Assert.Empty(t.Events);
    }

    [Fact]
    public async Task A_server_that_sends_far_too_much_is_cut_off()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(HandServer.Exchange(), async client =>
        {
            try
            {
                while (true)
                {
                    await client.SendAsync(new byte[65536]);
                }
            }
            catch (SocketException)
            {
                // The client has left: what this test is about.
            }
        });
        Assert.True(t.Primary.Overflow);
        Assert.InRange(t.Primary.Bytes.Length, ExchangeDriver.Surplus, ExchangeDriver.Surplus + 65536);
    }

    [Fact]
    public async Task Cancellation_ends_an_exchange_at_once()
    {
        using var server = new HandServer();
        using var cancel = new CancellationTokenSource(200);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ExchangeDriver.DriveAsync(server.EndPoint, HandServer.Exchange(new AwaitAux(TimeSpan.FromSeconds(10))), null, cancel.Token));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0.1, 3);
    }

    // A port that was free a moment ago.
    private static void IPEndPointOf(out System.Net.IPEndPoint end)
    {
        using var closed = new HandServer();
        end = closed.EndPoint;
    }
}
