using RexecConformance.Cli.Commands;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Sharding;

[Trait("needs", "nothing")]
public sealed class ShardOptionTest
{
    [Theory]
    [InlineData("2/4", null, 2, 4)]
    [InlineData("2/4", "3", 2, 4)]
    [InlineData("4", "0", 1, 4)]
    [InlineData("auto/4", "3", 4, 4)]
    [InlineData("auto/1000", "999", 1000, 1000)]
    public void A_part_is_given_or_found(string text, string? index, int number, int of) =>
        Assert.Equal(new Shard(number, of), ShardOption.Parse(text, index));

    [Fact]
    public void Nothing_is_all() => Assert.Null(ShardOption.Parse(null, "3"));

    [Theory]
    [InlineData("", null, "--shard is '', expected I/N, as in 2/4, or auto/N, with N from 1 to 1000")]
    [InlineData("x", "0", "--shard is 'x', expected I/N, as in 2/4, or auto/N, with N from 1 to 1000")]
    [InlineData("1001", "0", "--shard is '1001', expected I/N")]
    [InlineData("auto/0", "0", "--shard is 'auto/0', expected I/N")]
    [InlineData("0/4", "0", "--shard is '0/4', expected I/N with 1 <= I <= N <= 1000, as in 2/4")]
    [InlineData("5/4", null, "--shard is '5/4', expected I/N with")]
    [InlineData("2/", null, "--shard is '2/', expected I/N with")]
    [InlineData("4", null, "--shard 4: JOB_COMPLETION_INDEX is not set, give the part as I/4")]
    [InlineData("auto/4", "", "--shard auto/4: JOB_COMPLETION_INDEX is not set, give the part as I/4")]
    [InlineData("auto/4", "4", "--shard auto/4: JOB_COMPLETION_INDEX is '4', expected a number from 0 to 3")]
    [InlineData("auto/4", "-1", "JOB_COMPLETION_INDEX is '-1'")]
    [InlineData("auto/4", "1\n", "JOB_COMPLETION_INDEX is '1\\n'")]
    public void Anything_else_says_what_to_give(string text, string? index, string what) =>
        Assert.Contains(what, Assert.Throws<TargetSpecException>(() => ShardOption.Parse(text, index)).Message);
}
