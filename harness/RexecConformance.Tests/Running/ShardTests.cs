using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Reports;

namespace RexecConformance.Tests.Running;

[Trait("needs", "nothing")]
public class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/4", 2, 4)]
    [InlineData("1000/1000", 1000, 1000)]
    public void A_part_is_written_as_I_N(string text, int number, int of)
    {
        Assert.Equal(new Shard(number, of), Shard.TryParse(text));
        Assert.Equal(text, new Shard(number, of).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("1/1001")]
    [InlineData("-1/4")]
    [InlineData("1/4/4")]
    [InlineData(" 1/4")]
    [InlineData("1/4\n")]
    [InlineData("1/99999999999999999999")]
    [InlineData("a/b")]
    public void Anything_else_is_none(string text) => Assert.Null(Shard.TryParse(text));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Each_key_is_in_one_part(int of)
    {
        int[] sizes = new int[of];
        for (int i = 0; i < 2000; i++)
        {
            int[] parts = [.. Enumerable.Range(1, of).Where(number => new Shard(number, of).Has($"some-case-{i}"))];
            sizes[Assert.Single(parts) - 1]++;
        }

        Assert.InRange(sizes.Max(), 2000 / of, (2000 / of * 2) + 15);
    }

    // Another sorting would tear runs apart whose shards come from two versions of the suite.
    [Fact]
    public void The_part_of_a_key_never_changes() =>
        Assert.Equal(
            [1, 2, 4, 1],
            new[] { "success-aux", "username-15", "reads-command-nul", "x" }.Select(key => Enumerable.Range(1, 4).Single(number => new Shard(number, 4).Has(key))));

    [Fact]
    public void What_depends_on_something_is_in_its_part()
    {
        Scenario[] all =
        [
            Case("m", "z"), Case("z"), Case("a", "m"), Case("b", "z"), Case("c", "not-there"), Case("d", "not-there"), Case("alone"),
        ];
        var sharded = new ShardedScenarios(new Shard(1, 4), all);
        Assert.Equal(["a", "a", "a", "a", "c", "c", "alone"], all.Select(scenario => sharded.Key(scenario.Id)));
        Assert.Equal(new Shard(1, 4).Has("a"), sharded.Holds(all[1]));
    }

    [Fact]
    public void The_part_of_a_scenario_does_not_depend_on_the_order_of_the_tree()
    {
        Scenario[] all = [.. Enumerable.Range(0, 60).Select(i => Case($"case-{i:00}", i % 7 == 0 ? [] : [$"case-{i / 7 * 7:00}"]))];
        var forwards = new ShardedScenarios(new Shard(1, 3), all);
        var backwards = new ShardedScenarios(new Shard(1, 3), all.Reverse());
        Assert.All(all, scenario => Assert.Equal(forwards.Key(scenario.Id), backwards.Key(scenario.Id)));
        Assert.Equal(9, all.Select(scenario => forwards.Key(scenario.Id)).Distinct().Count());
    }

    private static Scenario Case(string id, params string[] dependsOn) => Made.Scenario(id) with { DependsOn = dependsOn };
}
