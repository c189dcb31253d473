using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Tests.Memory;

/// <summary>A session in memory shows what it shows over sockets: the same scenarios pass, in no time.</summary>
[Trait("needs", "nothing")]
public sealed class GreenInMemoryTest
{
    public static TheoryData<string> Dialects => [.. Rexecd.Dialect.Names];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Every_scenario_passes_that_needs_no_network(string dialect)
    {
        var judging = new MemoryJudging(dialect, Suite.Tree.Dialects[dialect]);
        var red = new List<string>();
        int passed = 0;
        foreach (Variant variant in Suite.Variants(slow: true).Where(variant => MemoryJudging.Beyond(variant) is null))
        {
            IReadOnlyList<Finding>? findings = judging.Judge(variant);
            passed += findings is { Count: 0 } ? 1 : 0;
            red.AddRange((findings ?? []).Select(finding => $"{variant.Name}: {finding.Text}"));
        }

        Assert.True(red.Count == 0, string.Join(Environment.NewLine, red));
        Assert.True(passed >= (Families.LittleKnown.Contains(dialect) ? 10 : 150), $"only {passed} variants were driven");
    }

    [Fact]
    public void What_needs_a_network_is_little()
    {
        string[] known = ["IPv6:", "a slow reader:", "clients that wait for their turn:", "needs option:disabled", "needs option:single-connection", "needs real-shell"];
        var beyond = Suite.Variants(slow: true)
            .Select(variant => (variant.Scenario.Id, Why: MemoryJudging.Beyond(variant))).Where(one => one.Why is not null).Distinct().ToList();
        Assert.All(beyond, one => Assert.True(known.Any(why => one.Why!.StartsWith(why, StringComparison.Ordinal)), $"{one.Id}: {one.Why}"));
        Assert.True(beyond.Count * 10 < Suite.Tree.Scenarios.Count, $"{beyond.Count} scenarios can't be driven in memory");
    }
}
