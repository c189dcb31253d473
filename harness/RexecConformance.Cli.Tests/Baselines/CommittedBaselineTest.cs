using RexecConformance.Baselines;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Baselines;

/// <summary>What real daemons answered is kept, current, and as dialects and deviations say.</summary>
[Trait("needs", "nothing")]
public sealed class CommittedBaselineTest
{
    [Theory]
    [InlineData("debian-openbsd-inetd")]
    [InlineData("debian-xinetd")]
    [InlineData("inetutils")]
    [InlineData("inetutils-pam")]
    public async Task It_is_current_and_nothing_is_red(string name)
    {
        RecordedTarget target = RecordedOpener.Open(TargetSpec.Parse("recorded:" + name), "");
        IReadOnlyList<Variant> variants = [.. Suite.Tree.Scenarios.SelectMany(Variant.Of)];
        Assert.Empty(BaselineProblems.Of(target, Suite.Tree.Dialects[target.Dialect], variants));
        TargetResult result = await Suite.RunAsync(target, variants);
        Assert.Empty(result.Results.Where(r => r.IsRed).Select(r => $"{r.Variant.Name}: {r.Reason}"));
        Assert.True(result.Results.Count(r => r.Transcript is not null) > 480, "most of the cases were not recorded");
        Assert.All(["date", "engine", "image", "packages", "suite", "target"], key => Assert.NotEmpty(target.Provenance[key]));
    }

    [Fact]
    public async Task What_was_recorded_before_its_scenario_changed_is_told()
    {
        RecordedTarget target = RecordedOpener.Open(TargetSpec.Parse("recorded:inetutils"), "");
        Variant variant = Suite.Variants().First(v => target.Baseline.Variants.ContainsKey(v.Name) && v.Fragmentation is WholeFragmentation);
        var changed = new Variant(variant.Scenario with { Send = [.. variant.Scenario.Send, new PauseStep(TimeSpan.FromSeconds(1))] }, variant.Fragmentation);
        TargetResult result = await Suite.RunAsync(target, [changed]);
        Assert.Equal(RecordedTarget.StaleReason, Assert.Single(result.Results).Reason);
        Assert.NotEmpty(BaselineProblems.Of(target, Suite.Tree.Dialects["inetutils"], [changed]));
    }
}
