using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Wire;

/// <summary>What a server meets when it connects to the client's port, in each mode and both families.</summary>
[Trait("needs", "loopback")]
public sealed class AuxModeTests
{
    public static TheoryData<string> Families => ["127.0.0.1", "::1"];

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Listen(string family)
    {
        using HandServer server = Server(family);
        (string Text, string End) got = default;
        Transcript t = await server.DriveAsync(
            Expecting(new AwaitAux(TimeSpan.FromSeconds(5)), HandServer.Text("\u000f", StreamName.Aux), new HalfClose(StreamName.Aux)),
            async client =>
            {
                using Socket aux = await server.ConnectBackAsync(client);
                await aux.SendAsync("err\n"u8.ToArray());
                got = await HandServer.ReadAllAsync(aux);
            },
            new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero));
        Assert.Empty(t.UnmetAwaits);
        Assert.Equal(("err\n", StreamEnd.Fin), (HandServer.Bytes(t.Aux), t.Aux.End));
        Assert.Equal(("\u000f", "FIN"), got);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Refuse(string family)
    {
        using HandServer server = Server(family);
        SocketError error = SocketError.Success;
        Transcript t = await server.DriveAsync(Port(), async client => error = await TryAsync(server, client), new AuxBehaviour(AuxMode.Refuse, TimeSpan.Zero));
        Assert.Equal(SocketError.ConnectionRefused, error);
        Assert.False(t.Aux.Connected);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Accept_late(string family)
    {
        using HandServer server = Server(family);
        Transcript t = await server.DriveAsync(
            Expecting(),
            async client =>
            {
                using Socket aux = await server.ConnectBackAsync(client);
                await aux.SendAsync("early"u8.ToArray()); // taken by the kernel long before the accept
            },
            new AuxBehaviour(AuxMode.AcceptLate, TimeSpan.FromMilliseconds(300)));
        Assert.Equal("early", HandServer.Bytes(t.Aux));
        Assert.InRange(t.Aux.ConnectedAt.TotalMilliseconds, 290, 5000);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Never_accept(string family)
    {
        using HandServer server = Server(family);
        SocketError error = SocketError.SocketError;
        Transcript t = await server.DriveAsync(Port(), async client => error = await TryAsync(server, client), new AuxBehaviour(AuxMode.NeverAccept, TimeSpan.Zero));
        Assert.Equal(SocketError.Success, error); // the kernel has completed the connection
        Assert.False(t.Aux.Connected);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Reset(string family)
    {
        using HandServer server = Server(family);
        (string Text, string End) got = default;
        Transcript t = await server.DriveAsync(
            Expecting(),
            async client =>
            {
                try
                {
                    using Socket aux = await server.ConnectBackAsync(client);
                    got = await HandServer.ReadAllAsync(aux);
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
                {
                    got = ("", "RST"); // the reset was there before the connect had returned
                }
            },
            new AuxBehaviour(AuxMode.Reset, TimeSpan.Zero));
        Assert.Equal(("", "RST"), got);
        Assert.Equal((true, StreamEnd.Left), (t.Aux.Connected, t.Aux.End));
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Backlog_full(string family)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: a full backlog drops the connection attempt");
        using HandServer server = Server(family);
        bool connected = true;
        _ = await server.DriveAsync(
            Port(),
            async client =>
            {
                int port = await HandServer.ReadPortAsync(client);
                using var aux = new Socket(server.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                Task connecting = aux.ConnectAsync(new IPEndPoint(server.EndPoint.Address, port));
                connected = await Task.WhenAny(connecting, Task.Delay(500)) == connecting;
                aux.Dispose();
                _ = connecting.Exception;
            },
            new AuxBehaviour(AuxMode.BacklogFull, TimeSpan.Zero));
        Assert.False(connected);
    }

    [SkippableTheory]
    [MemberData(nameof(Families))]
    public async Task Privileged(string family)
    {
        Skip.IfNot(PrivilegedPort.Allowed, "needs the right to listen below port 1024");
        using HandServer server = Server(family);
        int port = 0;
        Transcript t = await server.DriveAsync(
            Expecting(),
            async client =>
            {
                using Socket aux = await server.ConnectBackAsync(client);
                port = ((IPEndPoint)aux.RemoteEndPoint!).Port;
                await aux.SendAsync("e"u8.ToArray());
            },
            new AuxBehaviour(AuxMode.Privileged, TimeSpan.Zero));
        Assert.InRange(port, 600, 1023);
        Assert.Equal("e", HandServer.Bytes(t.Aux));
    }

    [Fact]
    public async Task A_second_connection_is_told()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(
            Expecting(new AwaitAux(TimeSpan.FromSeconds(5))),
            async client =>
            {
                int port = await HandServer.ReadPortAsync(client);
                using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await first.ConnectAsync(IPAddress.Loopback, port);
                await second.ConnectAsync(IPAddress.Loopback, port);
            },
            new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero));
        Assert.Equal(["the server opened more than one auxiliary connection"], t.UnmetAwaits);
    }

    // As a busy server does: the primary is open for its time, and more, before the expected connection comes.
    [Fact]
    public async Task A_connection_that_is_expected_may_come_later_than_the_primary_must_stay_open()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(
            Expecting() with { Primary = new StreamWait(true, 0, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)), Aux = new StreamWait(true, 0, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)) },
            async client =>
            {
                await Task.Delay(1500);
                using Socket aux = await server.ConnectBackAsync(client);
                _ = await HandServer.ReadAllAsync(client);
            },
            new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero));
        Assert.Equal((true, StreamEnd.Open, StreamEnd.Open), (t.Aux.Connected, t.Aux.End, t.Primary.End));
    }

    [Fact]
    public async Task A_server_that_never_connects_is_told_soon_after_it_has_ended()
    {
        using var server = new HandServer();
        Transcript t = await server.DriveAsync(
            Expecting(new AwaitAux(TimeSpan.FromSeconds(10))), async client => await HandServer.ReadPortAsync(client), new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero));
        Assert.Single(t.UnmetAwaits);
        Assert.False(t.Aux.Connected);
        Assert.InRange(t.Duration.TotalSeconds, 0, 5);
    }

    private static HandServer Server(string family)
    {
        try
        {
            return new HandServer(IPAddress.Parse(family));
        }
        catch (SocketException)
        {
            throw new SkipException($"needs {family} on the loopback interface");
        }
    }

    /// <summary>"P" and a NUL stand for the port that is lent.</summary>
    private static Exchange Port(params WireStep[] steps) => HandServer.Exchange([HandServer.Text("P\0"), .. steps]);

    private static Exchange Expecting(params WireStep[] steps) => Port(steps) with { Aux = StreamWait.ForEnd };

    private static async Task<SocketError> TryAsync(HandServer server, Socket client)
    {
        try
        {
            using Socket aux = await server.ConnectBackAsync(client);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
