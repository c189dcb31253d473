using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>A client without a name, in dialects that look it up before they read anything (facts 2.11, 7).</summary>
public class PeerNameTests
{
    [Theory]
    [InlineData("debian", "\u0001Where are you?\n")]
    [InlineData("netkit", "\u0001Where are you?\n")]
    [InlineData("netkit-pam", "\u0001Where are you?\n")]
    [InlineData("netkit010", "\u0001Where are you?\n")]
    [InlineData("hpux", "\u0001rexecd: Couldn't look up address for your host\n")]
    [InlineData("aix", "")]
    public async Task Is_refused_before_a_byte_is_read(string dialect, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Faults = new HashSet<Fault> { Fault.NoReverseName } });
        using Client silent = await Client.ConnectAsync(server.EndPoint);
        Assert.Equal(new Reply(expected, "fin"), await silent.ReadPrimaryAsync());
        Assert.Equal(new Reply(expected, "rst"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true")).Primary);
    }

    [Theory]
    [InlineData("bsd44")]
    [InlineData("openbsd")]
    [InlineData("inetutils")]
    public async Task Does_not_matter_elsewhere(string dialect)
    {
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Faults = new HashSet<Fault> { Fault.NoReverseName } });
        Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary);
    }

    [Theory]
    [InlineData(true, "\0out\n", "fin")]
    [InlineData(false, "\u0001Where are you?\n", "rst")]
    public async Task Is_asked_of_the_embedding_program(bool hasName, string expected, string end)
    {
        IPAddress? asked = null;
        var arrived = new TaskCompletionSource();
        await using RexecServer server = SessionTests.Start("netkit", o => o with
        {
            PeerHasName = async (address, _) =>
            {
                asked = address;
                await arrived.Task;
                return hasName;
            },
        });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "echo out");
        arrived.SetResult();
        Assert.Equal(new Reply(expected, end), await client.ReadPrimaryAsync());
        Assert.Equal(IPAddress.Loopback, asked);
    }

    [Fact]
    public async Task Look_up_ends_with_the_server()
    {
        var asked = new TaskCompletionSource();
        RexecServer server = SessionTests.Start("netkit", o => o with
        {
            PeerHasName = async (_, cancel) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
                return true;
            },
        });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("", (await client.ReadPrimaryAsync()).Text);
    }

    [SkippableFact]
    public async Task System_knows_the_loopback_address()
    {
        Skip.IfNot(File.Exists("/etc/hosts") && File.ReadAllText("/etc/hosts").Contains("127.0.0.1"), "needs 127.0.0.1 in /etc/hosts");
        Assert.True(await PeerNames.SystemAsync(IPAddress.Loopback, CancellationToken.None));
    }

    [Fact]
    public async Task System_is_not_waited_for_after_a_stop()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PeerNames.SystemAsync(IPAddress.Loopback, stop.Token));
    }
}
