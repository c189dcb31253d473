using RexecConformance.Baselines;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Baselines;

/// <summary>The same daemon recorded twice gives the same: nothing that is left to chance is kept.</summary>
[Collection(AloneCollection.Name)]
public sealed class RecordTwiceTest
{
    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task The_daemon_is_recorded_alike_twice()
    {
        Needs.DebianDaemon();
        await using InetdTarget target = await InetdTarget.StartAsync(
            "inetd", Needs.Daemon, new TargetProfile { Dialect = "debian" }, CancellationToken.None);
        Baseline one = await RecordAsync(target);
        Baseline other = await RecordAsync(target);
        Assert.Equal(one.Variants.Keys.Order(), other.Variants.Keys.Order());
        Assert.Empty(one.Variants.Values.Where(v => !v.Exchanges.SequenceEqual(other.Variants[v.Name].Exchanges)).Select(v => v.Name));
        Assert.Contains("rsh", target.Provenance["package"], StringComparison.Ordinal);
    }

    private static async Task<Baseline> RecordAsync(InetdTarget target)
    {
        TargetResult result = await Suite.RunAsync(target, Suite.Variants());
        Assert.Null(result.Failure);
        return Baseline.Of("twice", target, result, target.Provenance);
    }
}
