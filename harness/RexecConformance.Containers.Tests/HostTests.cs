using System.Net;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.Tests;

/// <summary>What every implementation of <see cref="IContainerHost"/> does alike.</summary>
[Trait("needs", "docker")]
[Collection(Hosts.OneByOne)]
public class HostTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static int s_count;

    public static TheoryData<string> All => Hosts.All;

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task AContainerIsStartedWithItsLabelsAndRemoved(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        ContainerStart start = await NewStartAsync(host);
        StartedContainer started = await host.StartAsync(start, s_none);
        try
        {
            FoundContainer found = Assert.Single(await host.ListAsync(s_none), c => c.Name == start.Name);
            Assert.Equal(started.Id, found.Id);
            Assert.Equal("running", found.State);
            Assert.Equal(RunOwner.Current, RunOwner.FromLabels(found.Labels));
            Assert.True(await host.IsRunningAsync(started.Id, s_none));
            Assert.Equal("two words\n", await host.PrintedAsync(started.Id, "echo two words; echo not this >&2", s_none));
            Assert.NotNull(started.Address);
            Assert.NotNull(started.Gateway);
            Assert.Null(started.Published);
        }
        finally
        {
            await host.RemoveAsync(started.Id, s_none);
        }

        Assert.DoesNotContain(await host.ListAsync(s_none), c => c.Id == started.Id);
        Assert.False(await host.IsRunningAsync(started.Id, s_none));
        Assert.Equal("", await host.LogAsync(started.Id, s_none));
        await host.RemoveAsync(started.Id, s_none); // gone already: no error
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task APublishedPortIsOnLoopbackOnly(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        ContainerStart start = await NewStartAsync(host) with { PublishPort = 512 };
        StartedContainer started = await host.StartAsync(start, s_none);
        try
        {
            Assert.Equal(IPAddress.Loopback, started.Published?.Address);
            string listening = File.ReadAllText("/proc/net/tcp");
            Assert.Contains($"0100007F:{started.Published!.Port:X4}", listening);
            Assert.DoesNotContain($"00000000:{started.Published.Port:X4}", listening);
        }
        finally
        {
            await host.RemoveAsync(start.Name, s_none);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task AnImageThatIsNotThereIsOneLine(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        Assert.False(await host.HasImageAsync("rexec-conformance/none:none", s_none));
        var start = new ContainerStart("rexec-conformance-none", "rexec-conformance/none:none", RunOwner.Current.ToLabels(), null, []);
        TargetStartException e = await Assert.ThrowsAsync<TargetStartException>(() => host.StartAsync(start, s_none));
        Assert.DoesNotContain('\n', e.Message);
        await host.RemoveImageAsync("rexec-conformance/none:none", s_none); // gone already: no error
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task ABuildThatFailsNamesItsLog(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        DirectoryInfo context = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(context.FullName, "Dockerfile"), "FROM scratch\nCOPY nothing /\n");
            var build = new ImageBuild("rexec-conformance/none:broken", context.FullName, new Dictionary<string, string>(), new Dictionary<string, string>());
            TargetStartException e = await Assert.ThrowsAsync<TargetStartException>(() => host.BuildAsync(build, s_none));
            Assert.Contains("log: ", e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
        finally
        {
            context.Delete(recursive: true);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task OnlyWhatARunThatHasEndedLeftIsSwept(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        ContainerStart live = await NewStartAsync(host);

        // This process's id with another start: the id was given again.
        ContainerStart dead = await NewStartAsync(host) with { Labels = (RunOwner.Current with { Run = "dead", ProcessStart = "1" }).ToLabels() };
        StartedContainer ours = await host.StartAsync(live, s_none);
        StartedContainer left = await StartDeadAsync(host, dead);
        try
        {
            IReadOnlyList<FoundContainer> swept = await Sweep.LeftoversAsync(host, s_none);

            // A run beside this one may have swept it first.
            Assert.DoesNotContain(swept, c => c.Id == ours.Id);
            Assert.False(await host.IsRunningAsync(left.Id, s_none));
            Assert.True(await host.IsRunningAsync(ours.Id, s_none));
        }
        finally
        {
            await host.RemoveAsync(ours.Id, s_none);
            await host.RemoveAsync(left.Id, s_none);
        }
    }

    // Another process's run may sweep it between its creation and its start.
    private static async Task<StartedContainer> StartDeadAsync(IContainerHost host, ContainerStart dead)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                return await host.StartAsync(dead with { Name = $"{dead.Name}-{i}" }, s_none);
            }
            catch (TargetStartException) when (i < 5)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<ContainerStart> NewStartAsync(IContainerHost host) => new(
        $"rexec-conformance-{RunOwner.Current.Run}-test-{Interlocked.Increment(ref s_count)}",
        await Hosts.ReferenceImageAsync(host),
        RunOwner.Current.ToLabels(),
        null,
        []);
}
