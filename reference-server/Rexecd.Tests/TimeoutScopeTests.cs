using System.Diagnostics;

namespace Rexecd.Tests;

/// <summary>One clock over the request, one for each step, or none after the port (facts 2.3).</summary>
public class TimeoutScopeTests
{
    [Fact]
    public async Task FreeBSD_with_PAM_has_one_clock_over_the_request()
    {
        await using RexecServer server = SessionTests.Start("freebsd-pam", o => o with { PortTimeout = TimeSpan.FromSeconds(4) });
        var clock = Stopwatch.StartNew();
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        Task<Reply> reply = client.ReadPrimaryAsync();
        foreach (string part in new[] { $"{client.AuxPort}\0", "go", "od\0", "secret\0" })
        {
            await client.SendAsync(part);
            await Task.Delay(600); // a client that drips, and is done long before the end of that time on a busy machine too
        }

        Assert.Equal(new Reply("", "fin"), await reply);

        // A clock that began anew with each part would end after 5.8 s.
        Assert.InRange(clock.ElapsedMilliseconds, 3950, 5700);
    }

    [Fact]
    public async Task It_does_not_cover_the_command()
    {
        await using RexecServer server = SessionTests.Start("freebsd-pam", o => o with { PortTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "sleep 2 & echo out")).Primary);
    }

    [Fact]
    public async Task The_others_stop_at_the_port()
    {
        await using RexecServer server = SessionTests.Start("freebsd", o => o with { PortTimeout = TimeSpan.FromMilliseconds(300) });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0");
        Task<Reply> reply = client.ReadPrimaryAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(900)));
        await client.SendAsync("good\0secret\0true\0");
        Assert.Equal(new Reply("\0", "fin"), await reply);
    }

    [Fact]
    public async Task NetBSD_with_PAM_has_another_clock_over_the_strings()
    {
        await using RexecServer server = SessionTests.Start("netbsd-pam", o => o with { Dialect = o.Dialect.With("fields.time-out-ms", "300") });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0good\0");
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }
}
