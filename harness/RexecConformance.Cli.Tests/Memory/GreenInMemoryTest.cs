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
        string[] beyond = [.. Suite.Variants(slow: true).Select(MemoryJudging.Beyond).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(
            [],
            beyond);
    }
}
