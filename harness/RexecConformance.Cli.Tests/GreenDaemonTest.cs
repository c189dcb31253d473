using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests;

/// <summary>Nothing is red where Debian's daemon is judged by its own dialect.</summary>
[Collection(AloneCollection.Name)]
public sealed class GreenDaemonTest
{
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(32)]
    [Trait("needs", "daemon")]
    public async Task The_daemon_is_green_as_debian(int jobs)
    {
        Needs.DebianDaemon();
        await using InetdTarget target = await InetdTarget.StartAsync(
            "inetd", Needs.Daemon, new TargetProfile { Dialect = "debian" }, CancellationToken.None);
        GreenTest.Green(await Suite.RunAsync(target, Suite.Variants(), new RunOptions { Jobs = jobs }));
        Assert.Empty(target.Troubles);
    }
}
