using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Wire;

/// <summary>Steps that wait: met at once, met late, not met.</summary>
[Trait("needs", "loopback")]
public sealed class StepTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Bytes_that_come_are_met_and_the_next_step_is_after_them()
    {
        using var server = new HandServer();
        string second = "";
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(HandServer.Text("one"), new AwaitBytes(StreamName.Primary, 3, TimeSpan.FromSeconds(10)), HandServer.Text("two"), new HalfClose(StreamName.Primary)),
            async client =>
            {
                _ = await client.ReceiveAsync(new byte[3]);
                await Task.Delay(100);
                Assert.Equal(0, client.Available); // "two" does not come before "yes"
                await client.SendAsync("yes"u8.ToArray());
                second = (await HandServer.ReadAllAsync(client)).Text;
            });
        Assert.Empty(t.UnmetAwaits);
        Assert.Equal("two", second);
    }

    [Fact]
    public async Task Bytes_that_do_not_come_are_named_and_the_exchange_goes_on()
    {
        using var server = new HandServer();
        string got = "";
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(new AwaitBytes(StreamName.Primary, 3, s_short), HandServer.Text("on"), new HalfClose(StreamName.Primary)),
            async client => got = (await HandServer.ReadAllAsync(client)).Text);
        Assert.Equal(["3 bytes on the primary did not come within 0.2 s"], t.UnmetAwaits);
        Assert.Equal("on", got);
    }

    [Fact]
    public async Task After_the_end_nothing_is_waited_for()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(HandServer.Exchange(new AwaitBytes(StreamName.Primary, 3, TimeSpan.FromSeconds(10))), _ => Task.CompletedTask);
        Assert.Equal(["3 bytes on the primary did not come before the stream ended"], t.UnmetAwaits);
        Assert.InRange(t.Duration.TotalSeconds, 0, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_is_awaited(bool comes)
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(new AwaitEnd(StreamName.Primary, comes ? TimeSpan.FromSeconds(10) : s_short), new HalfClose(StreamName.Primary)),
            async client =>
            {
                if (!comes)
                {
                    _ = await HandServer.ReadAllAsync(client);
                }
            });
        Assert.Equal(comes ? [] : ["the end of the primary did not come within 0.2 s"], t.UnmetAwaits);
    }

    [Fact]
    public async Task Open_for_is_over_when_its_time_is_over()
    {
        using var server = new HandServer();
        Exchange exchange = HandServer.Exchange(HandServer.Text("x")) with { Primary = new StreamWait(true, 1, s_short, TimeSpan.FromSeconds(5)) };
        Transcript t = await server.DriveAsync(exchange, async client =>
        {
            await client.SendAsync("\0"u8.ToArray());
            _ = await HandServer.ReadAllAsync(client);
        });
        Assert.Equal(StreamEnd.Open, t.Primary.End);
        Assert.InRange(t.Duration.TotalMilliseconds, 190, 3000);
    }

    [Fact]
    public async Task Open_for_sees_a_byte_too_many()
    {
        using var server = new HandServer();
        Exchange exchange = HandServer.Exchange(HandServer.Text("x")) with { Primary = new StreamWait(true, 1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)) };
        Transcript t = await server.DriveAsync(exchange, async client =>
        {
            await client.SendAsync("\0"u8.ToArray());
            await Task.Delay(100);
            await client.SendAsync("!"u8.ToArray());
            _ = await HandServer.ReadAllAsync(client);
        });
        Assert.Equal("\0!", HandServer.Bytes(t.Primary));
        Assert.InRange(t.Duration.TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task Nothing_is_read_before_the_time_of_a_slow_reader()
    {
        using var server = new HandServer();
        Exchange exchange = HandServer.Exchange(HandServer.Text("x")) with { ReadAfter = TimeSpan.FromMilliseconds(300), ReceiveBuffer = 4096 };
        Transcript t = await server.DriveAsync(exchange, async client =>
        {
            _ = await client.ReceiveAsync(new byte[1]);
            await client.SendAsync("hello"u8.ToArray());
        });
        Assert.Equal("hello", HandServer.Bytes(t.Primary));
        Assert.True(t.Primary.Chunks[0].At >= t.StepsDoneAt + TimeSpan.FromMilliseconds(290), $"read after {t.Primary.Chunks[0].At}");
    }
}
