using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>Relays that go wrong: netkit 0.09-0.11, FreeBSD with PAM (facts 3.5, 3.8); each with imitated commands and with real shells.</summary>
[Collection("alone")]
public class StderrCarrierTests
{
    private const string Both = "echo out; echo err >&2";
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done";

    [SkippableTheory]
    [InlineData(CommandMode.Scripted, "good", Both, "\0out\n")]
    [InlineData(CommandMode.Shell, "good", Both, "\0out\n")]
    [InlineData(CommandMode.Scripted, "badsh", "true", "\0")] // the shell's failure is lost too
    [InlineData(CommandMode.Shell, "badsh", "true", "\0")]
    public async Task Lost_stderr_never_comes_and_the_connection_stays_until_the_client_closes_it(CommandMode commands, string user, string command, string primary)
    {
        await using RexecServer server = Start("netkit010", commands);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync(user, "secret", command);
        await client.AcceptAsync();
        Task<Reply> aux = client.ReadAuxAsync();
        Assert.Equal(new Reply(primary, "fin"), await client.ReadPrimaryAsync());
        await Assert.ThrowsAsync<TimeoutException>(() => aux.WaitAsync(TimeSpan.FromMilliseconds(300)));
        client.Aux!.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("", "fin"), await aux);
    }

    [SkippableTheory]
    [InlineData(CommandMode.Scripted)]
    [InlineData(CommandMode.Shell)]
    public async Task Lost_stderr_does_not_lose_signals(CommandMode commands)
    {
        await using RexecServer server = Start("netkit010", commands);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", Trap);
        await client.AcceptAsync();
        await client.ExpectAsync("\0ready\n");
        await client.SignalAsync(15);
        Assert.Equal(new Reply("caught\n", "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Lost_stderr_is_freed_by_a_stop()
    {
        RexecServer server = SessionTests.Start("netkit010");
        using Client client = await AuxTests.StartAsync(server, "echo out", "\0out\n");
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("", (await client.ReadAuxAsync()).Text);
    }

    [SkippableTheory]
    [InlineData(CommandMode.Scripted)]
    [InlineData(CommandMode.Shell)]
    public async Task Half_close_ends_stderr_of_FreeBSD_with_PAM(CommandMode commands)
    {
        await using RexecServer server = Start("freebsd-pam", commands);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", "cat >&2");
        await client.AcceptAsync();
        await client.ExpectAsync("\0");
        await client.SendAsync("before ");
        byte[] before = new byte["before ".Length];
        Assert.Equal(before.Length, await client.Aux!.ReceiveAsync(before));
        client.Aux.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
        await client.SendAsync("after");
        client.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal("", (await client.ReadPrimaryAsync()).Text);
    }

    [SkippableTheory]
    [InlineData(CommandMode.Scripted)]
    [InlineData(CommandMode.Shell)]
    public async Task Signal_is_delivered_by_FreeBSD_with_PAM_and_ends_stderr(CommandMode commands)
    {
        await using RexecServer server = Start("freebsd-pam", commands);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", Trap);
        await client.AcceptAsync();
        await client.ExpectAsync("\0ready\n");
        await client.SignalAsync(0);
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
        Assert.Equal(new Reply("done\n", "fin"), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("freebsd-pam", "")]
    [InlineData("bsd44", "err\n")]
    public async Task Client_that_half_closes_at_once_loses_stderr_only_there(string dialect, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.SendAsync($"{client.AuxPort}\0");
        await client.AcceptAsync();
        client.Aux!.Shutdown(SocketShutdown.Send);
        await client.SendAsync($"good\0secret\0{Both}\0");
        Assert.Equal(new Reply("\0out\n", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply(expected, "fin"), await client.ReadAuxAsync());
    }

    [Theory]
    [InlineData("netkit010", Fault.Pipe, "\0\u0001Try again later.\n")]
    [InlineData("netkit010", Fault.Fork, "\0\u0001Try again.\n")]
    [InlineData("freebsd-pam", Fault.Pipe, "\0\u0001Try again.\n")]
    public async Task They_make_a_pipe_and_fork(string dialect, Fault fault, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Faults = new HashSet<Fault> { fault } });
        Assert.Equal(expected, (await Client.ExchangeAsync(server.EndPoint, "good", "secret", Both, aux: true)).Primary.Text);
    }

    private static RexecServer Start(string dialect, CommandMode commands)
    {
        Skip.If(commands == CommandMode.Shell && !OperatingSystem.IsLinux(), "real shells need Linux");
        return SessionTests.Start(dialect, o => o with { Commands = commands });
    }
}
