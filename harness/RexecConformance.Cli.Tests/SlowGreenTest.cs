using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests;

/// <summary>The cases of a minute, for all dialects at once.</summary>
[Trait("speed", "slow")]
public sealed class SlowGreenTest
{
    [Fact]
    [Trait("needs", "loopback")]
    public async Task The_slow_cases_are_green() => await Task.WhenAll(Rexecd.Dialect.Names.Select(async dialect =>
    {
        await using ReferenceTarget target = ReferenceTarget.Start(
            "reference:" + dialect, new TargetProfile { Dialect = dialect }, Rexecd.Dialect.Load(dialect));

        // Solaris' manual states no time-out at all.
        await AreAsync(target, dialect == "solaris" ? Verdict.Unspecified : Verdict.Pass);
    }));

    private static async Task AreAsync(ITarget target, Verdict verdict)
    {
        TargetResult result = await Suite.RunAsync(target, [.. Suite.Variants(slow: true).Where(v => v.Scenario.Tags.Contains("slow"))]);
        Assert.Null(result.Failure);
        Assert.NotEmpty(result.Results);
        Assert.All(result.Results, r => Assert.Equal(verdict, r.Verdict));
    }
}

/// <summary>The same for the daemon, in a class of its own so that both share the minute.</summary>
[Trait("speed", "slow")]
public sealed class SlowDaemonTest
{
    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task The_slow_cases_are_green()
    {
        Needs.DebianDaemon();
        await using InetdTarget target = await InetdTarget.StartAsync(
            "inetd", Needs.Daemon, new TargetProfile { Dialect = "debian" }, CancellationToken.None);
        TargetResult result = await Suite.RunAsync(target, [.. Suite.Variants(slow: true).Where(v => v.Scenario.Tags.Contains("slow"))]);
        Assert.Null(result.Failure);
        Assert.All(result.Results, r => Assert.Equal(Verdict.Pass, r.Verdict));
    }
}
