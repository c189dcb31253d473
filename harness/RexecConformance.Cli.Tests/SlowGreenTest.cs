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
    private static readonly string[] s_port = ["port-time-out-60s", "port-time-out-dripped"];
    private static readonly string[] s_noTimeOut = ["aux-not-before-login-80s", "fields-no-time-out-80s", "fields-time-out-60s"];
    private static readonly string[] s_all = [.. s_port, .. s_noTimeOut, "aux-time-out-60s", "aux-time-out-60s-whole-request"];
    private static readonly string[] s_late = [.. s_port, .. s_noTimeOut, "aux-time-out-60s-whole-request"];
    private static readonly string[] s_fields =
    [
        .. s_port, "aux-time-out-60s", "aux-time-out-60s-whole-request", "fields-time-out-60s", "fields-time-out-dripped", "fields-time-out-after-late-port",
    ];

    // What the sources of each dialect state; the manuals of the others state no time-out at all.
    private static readonly Dictionary<string, string[]> s_stated = new()
    {
        ["bsd42"] = s_all,
        ["bsd44"] = s_all,
        ["debian"] = s_all,
        ["freebsd"] = s_all,
        ["freebsd-pam"] = s_fields,
        ["illumos"] = s_all,
        ["inetutils"] = s_all,
        ["inetutils-pam"] = s_all,
        ["inetutils191"] = s_all,
        ["netbsd"] = s_all,
        ["netbsd-pam"] = s_fields,
        ["netkit"] = s_all,
        ["netkit-pam"] = s_all,
        ["netkit010"] = s_late,
        ["nuttx"] = s_noTimeOut,
        ["openbsd"] = s_late,
        ["interix"] = ["aux-time-out-60s", "aux-time-out-60s-whole-request", "aux-not-before-login-80s"], // a port is never connected to, so nothing times out
    };

    internal static IEnumerable<string> Stated(string dialect) => s_stated.GetValueOrDefault(dialect, []).Order();

    [Fact]
    [Trait("needs", "loopback")]
    public async Task The_slow_cases_are_green() => await Task.WhenAll(Rexecd.Dialect.Names.Select(async dialect =>
    {
        await using ReferenceTarget target = ReferenceTarget.Start(
            "reference:" + dialect, new TargetProfile { Dialect = dialect }, Rexecd.Dialect.Load(dialect));

        TargetResult result = await Suite.RunAsync(target, [.. Suite.Variants(slow: true).Where(v => v.Scenario.Tags.Contains("slow"))]);
        Assert.Null(result.Failure);
        IEnumerable<string> passed = result.Results.Where(r => r.Verdict == Verdict.Pass).Select(r => r.Variant.Scenario.Id);
        Assert.Equal(Stated(dialect), passed.Order());
        Assert.All(result.Results.Where(r => r.Verdict != Verdict.Pass), r => Assert.Equal(Verdict.Unspecified, r.Verdict));
    }));
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
        Assert.Equal(SlowGreenTest.Stated("debian"), result.Results.Where(r => r.Verdict == Verdict.Pass).Select(r => r.Variant.Scenario.Id).Order());
        Assert.All(result.Results.Where(r => r.Verdict != Verdict.Pass), r => Assert.Equal(Verdict.Unspecified, r.Verdict));
    }
}
