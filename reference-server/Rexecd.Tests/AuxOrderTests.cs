using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>The auxiliary connection after the login, and never to a reserved port: OpenBSD and netkit 0.09-0.11 (facts 3.6, 3.8).</summary>
public class AuxOrderTests
{
    [Theory]
    [InlineData("openbsd")]
    [InlineData("netkit010")]
    public async Task Client_that_waits_for_it_before_the_user_name_hangs(string dialect)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.SendAsync($"{client.AuxPort}\0");
        Task accepted = client.AcceptAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => accepted.WaitAsync(TimeSpan.FromMilliseconds(300)));
        await client.SendAsync("good\0secret\0echo out\0");
        await accepted;
        await client.ExpectAsync("\0out\n");
    }

    [Theory]
    [InlineData("openbsd", "good", "wrong", "\u0001Permission denied.\n")]
    [InlineData("openbsd", "nohome", "secret", "\u0001No remote directory.\n")]
    [InlineData("netkit010", "good", "wrong", "\u0001Login incorrect.\n")]
    [InlineData("netkit010", "nohome", "secret", "\u0001No remote directory.\n")]
    public async Task It_never_comes_to_who_is_refused(string dialect, string user, string password, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        Task accepted = client.AcceptAsync();
        await client.RequestAsync(user, password, "true");
        Assert.Equal(new Reply(expected, "fin"), await client.ReadPrimaryAsync());
        Assert.False(accepted.IsCompleted); // the session is over: nothing comes after it
    }

    [Fact]
    public async Task It_comes_before_the_status_byte()
    {
        await using RexecServer server = SessionTests.Start("openbsd");
        using var refusing = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        refusing.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync($"{((IPEndPoint)refusing.LocalEndPoint!).Port}\0good\0secret\0true\0");
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [SkippableTheory]
    [InlineData("openbsd", false, "")]
    [InlineData("bsd44", true, "\0out\n")]
    [InlineData("netkit", true, "\0out\n")]
    public async Task Reserved_port_is_refused_without_a_word(string dialect, bool comes, string expected)
    {
        using Socket? reserved = ListenBelow1024();
        Skip.If(reserved is null, "needs a privilege: to listen on a port below 1024");
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint);
        Task<Socket> accepted = reserved!.AcceptAsync();
        await client.SendAsync($"{((IPEndPoint)reserved.LocalEndPoint!).Port}\0good\0secret\0echo out\0");
        Assert.Equal(new Reply(expected, "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(comes, accepted.IsCompleted);
        if (comes)
        {
            (await accepted).Dispose();
        }
    }

    private static Socket? ListenBelow1024()
    {
        for (int port = 1023; port > 800; port--)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                socket.Listen(1);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (e.SocketErrorCode == SocketError.AccessDenied)
                {
                    return null;
                }
            }
        }

        return null;
    }
}
