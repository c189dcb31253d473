using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Containers.Images;
using RexecConformance.Containers.Targets;
using RexecConformance.Scenarios;

namespace RexecConformance.Containers.Tests;

/// <summary>The images of the reference server: as the first process, and under each super-server.</summary>
[Trait("needs", "docker")]
[Collection(Hosts.OneByOne)]
public class ReferenceImageTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [SkippableTheory]
    [InlineData("reference-openbsd-inetd")]
    [InlineData("reference-inetutils-inetd")]
    [InlineData("reference-xinetd")]
    public async Task UnderASuperServerItLogsAndLeavesNothing(string image)
    {
        IContainerHost host = await Hosts.OpenAsync(Hosts.Names.First());
        await using ContainerTarget target = await StartAsync(image);
        Assert.Equal("\0out\n", await ExchangeAsync(target, "secret", "echo out"));
        string log = await host.PrintedAsync(target.Container.Id, "cat /var/log/rexecd.log", s_none);
        Assert.Contains("login-accepted", log);
        Assert.DoesNotContain("secret", log);
        Assert.Equal("", (await host.PrintedAsync(target.Container.Id, "ls -A /tmp", s_none)).Trim());
    }

    [SkippableFact]
    public async Task AsFirstProcessItEndsBySigtermAndItsHealthIsAHandshake()
    {
        IContainerHost host = await Hosts.OpenAsync(Hosts.Names.First());
        await using ContainerTarget target = await StartAsync("reference");
        Assert.Equal("healthy", (await host.PrintedAsync(target.Container.Id, "/usr/local/sbin/health && echo healthy", s_none)).Trim());

        // A session that does not end by itself is given the 5 s of --grace.
        using Socket held = await ConnectAsync(target, "secret", "cat");
        Assert.Equal(1, await held.ReceiveAsync(new byte[1]));
        var clock = Stopwatch.StartNew();
        _ = await host.PrintedAsync(target.Container.Id, "kill -TERM 1", s_none);
        Assert.Equal(0, await held.ReceiveAsync(new byte[1]));
        await host.WaitForEndAsync(target.Container.Id, s_none).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(9));
    }

    private static Task<ContainerTarget> StartAsync(string image) => ContainerTarget.StartAsync(
        "container:" + image, DockerFolder.Find().Image(image), null, new ContainerOptions { Host = Hosts.Kind(Hosts.Names.First()) }, s_none);

    private static async Task<Socket> ConnectAsync(ContainerTarget target, string password, string command)
    {
        IPEndPoint end = (await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, s_none))!;
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(end);
        _ = await socket.SendAsync(Encoding.ASCII.GetBytes($"\0good\0{password}\0{command}\0"));
        return socket;
    }

    private static async Task<string> ExchangeAsync(ContainerTarget target, string password, string command)
    {
        using Socket socket = await ConnectAsync(target, password, command);
        var reply = new StringBuilder();
        var part = new byte[256];
        int count;
        while ((count = await socket.ReceiveAsync(part)) > 0)
        {
            _ = reply.Append(Encoding.Latin1.GetString(part, 0, count));
        }

        return reply.ToString();
    }
}
