using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>Limits of the service that no dialect has: sessions of a peer, the length of a session, ports, descriptors.</summary>
public class LimitTests
{
    [Fact]
    public async Task Peer_has_no_more_sessions_than_it_may()
    {
        var log = new ConcurrentQueue<string>();
        await using RexecServer server = SessionTests.Start(
            "bsd44", o => o with { MaxSessionsPerPeer = 2, Log = entry => log.Enqueue(entry.ToString()) });
        using Client first = await HeldAsync(server);
        using Client second = await HeldAsync(server);
        using Client third = await Client.ConnectAsync(server.EndPoint);
        Assert.Equal(new Reply("", "fin"), await third.ReadPrimaryAsync());
        Assert.Contains("too-many peer=127.0.0.1 limit=--max-sessions-per-peer", log);
        first.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply("", "fin"), await first.ReadPrimaryAsync());

        // Its place is free as soon as the session has gone, which may be a moment after the connection.
        Reply reply = new("", "");
        for (int i = 0; reply.Text.Length == 0 && i < 200; i++)
        {
            reply = (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary;
        }

        Assert.Equal("\0out\n", reply.Text);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1:2:3", true)] // one host has all of a /64
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("fe80::1%2", "fe80::2%2", false)]
    public void Peer_is_an_address_or_a_network(string first, string second, bool same)
    {
        var peers = new PeerLimit(1, loopbackToo: true);
        Assert.True(peers.TryEnter(IPAddress.Parse(first)));
        Assert.Equal(!same, peers.TryEnter(IPAddress.Parse(second)));
        peers.Leave(IPAddress.Parse(first));
        Assert.True(peers.TryEnter(IPAddress.Parse(first)));
    }

    [Fact]
    public void Loopback_has_no_limit_unless_it_is_asked_for()
    {
        PeerLimit usual = PeerLimit.Of(new RexecServerOptions { MaxSessions = 2 });
        Assert.True(usual.TryEnter(IPAddress.Loopback) && usual.TryEnter(IPAddress.Loopback));
        Assert.True(usual.TryEnter(IPAddress.Parse("192.0.2.1")));
        Assert.False(usual.TryEnter(IPAddress.Parse("192.0.2.1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0good\0")]
    [InlineData("\0good\0secret\0cat\0")]
    public async Task Session_timeout_ends_every_step(string request)
    {
        var log = new ConcurrentQueue<LogEvent>();
        await using (RexecServer server = SessionTests.Start("bsd44", o => o with { SessionTimeout = TimeSpan.FromMilliseconds(150), Log = log.Enqueue }))
        {
            using Client client = await Client.ConnectAsync(server.EndPoint);
            await client.SendAsync(request);
            Assert.Equal("fin", (await client.ReadPrimaryAsync()).End);
        }

        Assert.Contains(log, entry => entry.Name == "end" && entry.ToString().Contains("how=session-timeout"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Auxiliary_connection_goes_to_ports_that_it_may_go_to(bool allowed)
    {
        var log = new ConcurrentQueue<string>();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        PortRange range = allowed ? new((ushort)port, (ushort)port) : new((ushort)(port - 2), (ushort)(port - 1));
        await using RexecServer server = SessionTests.Start("bsd44", o => o with { AuxPorts = range, Log = entry => log.Enqueue(entry.ToString()) });
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync($"{port}\0good\0secret\0echo out\0");
        Assert.Equal(allowed ? "\0out\n" : "", (await client.ReadPrimaryAsync()).Text);
        Assert.Equal(allowed, listener.Poll(0, SelectMode.SelectRead));
        Assert.Equal(!allowed, log.Any(line => line.EndsWith($" port={port} reason=not-allowed")));
    }

    [SkippableFact]
    public async Task With_few_descriptors_clients_wait_and_are_served()
    {
        Needs.Linux();
        await using ServerProcess server = await ServerProcess.StartProgramAsync(
            "/bin/sh", "-c", "ulimit -n 150; exec \"$0\" --listen 127.0.0.1:0", InetdProcess.Command);
        var held = new List<Client>();
        for (int i = 0; i < 120; i++)
        {
            held.Add(await Client.ConnectAsync(server.EndPoint));
        }

        using Client late = await Client.ConnectAsync(server.EndPoint);
        await late.RequestAsync("good", "secret", "echo out");
        Task<Reply> waiting = late.ReadPrimaryAsync();
        TimeSpan before = server.ProcessorTime;
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.InRange(server.ProcessorTime - before, TimeSpan.Zero, TimeSpan.FromMilliseconds(500)); // it does not spin
        held.ForEach(client => client.Dispose());
        Assert.Equal("\0out\n", (await waiting).Text);
        server.Signal(15);
        (string error, int exitCode) = await server.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Matches(" warning text=\"the limit of open files is enough for \\d\\d? sessions at a time, not for 256\"\n", error);
    }

    private static async Task<Client> HeldAsync(RexecServer server)
    {
        Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "cat");
        await client.ExpectAsync("\0");
        return client;
    }
}
