using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Fuzzing;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Fuzzing;

/// <summary>A fuzzer does no harm to machines of others, nor to this one.</summary>
[Trait("needs", "loopback")]
public sealed class FuzzSafetyTest
{
    // A documentation address (RFC 5737): nobody is there, and nothing is sent to it.
    private const string Elsewhere = "tcp:192.0.2.1:512";

    [Fact]
    public async Task A_machine_elsewhere_is_refused_before_anything_is_sent()
    {
        PlannedTarget planned = TargetOpener.Plan([Elsewhere], "debian", Suite.Tree)[0];
        TargetSpecException e = await Assert.ThrowsAsync<TargetSpecException>(
            () => FuzzTargets.OpenAsync(planned, Suite.Tree.Fixtures, new FuzzTargetsReach { Dialects = Suite.Tree.Dialects }, default));
        Assert.Contains("--i-own-this-target", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task A_baseline_can_not_be_fuzzed()
    {
        PlannedTarget planned = new(TargetSpec.Parse("recorded:inetutils"), "inetutils");
        TargetSpecException e = await Assert.ThrowsAsync<TargetSpecException>(() => FuzzTargets.OpenAsync(planned, Suite.Tree.Fixtures, default));
        Assert.Contains("recorded:inetutils", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rm -rf nothing")]
    [InlineData("true; id")]
    [InlineData("`true`")]
    public async Task A_command_that_is_not_harmless_never_leaves_for_a_real_shell(string command)
    {
        await using IFuzzTarget target = await SocketTargetTest.OpenAsync("reference:bsd44,commands=shell");
        Assert.True(target.RealShell);
        FuzzCase harmful = Cases.Of(["", "good", "secret", command]);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await target.AskAsync(harmful, default));
        FuzzCase beside = Cases.Of(["", "good", "secret", "true"]) with { Companions = [harmful] };
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await target.AskAsync(beside, default));
    }

    [Fact]
    public async Task A_harmless_command_does()
    {
        await using IFuzzTarget target = await SocketTargetTest.OpenAsync("reference:bsd44,commands=shell");
        Assert.Equal([0], (await target.AskAsync(Cases.Of(["", "good", "secret", "true"]), default)).Primary.Bytes);
    }
}
