using System.Net;
using System.Net.Sockets;
using RexecConformance.Containers.Targets;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Containers.Tests;

/// <summary>Targets <c>container:NAME</c>.</summary>
[Trait("needs", "docker")]
[Collection(Hosts.OneByOne)]
public class TargetTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    public static TheoryData<string> All => Hosts.All;

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task ItAnswersAtItsOwnAddressUntilItIsDisposedOf(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        _ = await Hosts.ReferenceImageAsync(host);
        ContainerTarget target = await StartAsync(kind);
        IPEndPoint? end = await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, s_none);
        Assert.Equal(512, end?.Port);
        Assert.DoesNotContain(TargetCapabilities.Proxied, target.Capabilities);
        Assert.Equal([0], await HandshakeAsync(end!));

        // The bridge's address, which is this host's own.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(target.AuxAddress(AddressFamily.InterNetwork), 0));
        await target.DisposeAsync();
        Assert.False(await host.IsRunningAsync(target.Container.Id, s_none));
        await target.DisposeAsync(); // once more: nothing to do
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task ThroughAPublishedPortItIsProxied(string kind)
    {
        _ = await Hosts.OpenAsync(kind);
        await using ContainerTarget target = await StartAsync(kind, published: true);
        IPEndPoint end = target.Container.EndPoint;
        Assert.Equal(IPAddress.Loopback, end.Address);
        Assert.Contains(TargetCapabilities.Proxied, target.Capabilities);
        Assert.Equal([0], await HandshakeAsync(end));
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task OneThatEndsAtOnceIsOneLineWithItsLastWords(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        TargetStartException e = await Assert.ThrowsAsync<TargetStartException>(() => StartAsync(kind, dialect: "no-such-dialect"));
        Assert.Contains("no-such-dialect", e.Message);
        Assert.DoesNotContain('\n', e.Message);
        Assert.DoesNotContain(await host.ListAsync(s_none), c => c.Labels[Labels.Run] == RunOwner.Current.Run && c.State == "exited");
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task AnInterruptedStartLeavesNothing(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        _ = await Hosts.ReferenceImageAsync(host);
        for (int delay = 100; delay <= 500; delay += 100)
        {
            using var cancel = new CancellationTokenSource(delay);
            try
            {
                await using ContainerTarget started = await ContainerTarget.StartAsync(
                    "interrupted", Hosts.Reference, "netbsd", new ContainerOptions { Host = Hosts.Kind(kind) }, cancel.Token);
            }
            catch (OperationCanceledException)
            {
                // As it should.
            }
        }

        Assert.DoesNotContain(await host.ListAsync(s_none), c => c.Labels[Labels.Run] == RunOwner.Current.Run && c.Name.EndsWith("-reference", StringComparison.Ordinal)
            && c.State != "running");
    }

    private static Task<ContainerTarget> StartAsync(string kind, string? dialect = null, bool published = false) => ContainerTarget.StartAsync(
        "container:reference", Hosts.Reference, dialect, new ContainerOptions { Host = Hosts.Kind(kind), Published = published }, s_none);

    private static async Task<byte[]> HandshakeAsync(IPEndPoint end)
    {
        using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(end);
        _ = await socket.SendAsync("0\0good\0secret\0true\0"u8.ToArray());
        var reply = new byte[16];
        int count = await socket.ReceiveAsync(reply);
        return reply[..count];
    }
}
