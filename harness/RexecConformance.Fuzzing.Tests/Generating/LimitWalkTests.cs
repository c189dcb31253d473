using RexecConformance.Fuzzing.Cases;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>The first cases of a run: no limit of the target's own dialect is left to chance.</summary>
public sealed class LimitWalkTests
{
    private static readonly FieldLimits s_limits = new([14, 16], [15], [20479, 131071]);

    [Theory]
    [InlineData("username", 14)]
    [InlineData("password", 15)]
    [InlineData("command", 20479)]
    [InlineData("command", 131071)]
    public void Each_limit_and_its_neighbours_come_with_their_nul_and_without(string field, int limit)
    {
        List<FuzzCase> walk = Walk(Worlds.Small with { Walked = s_limits });
        int[] around = [.. Enumerable.Range(limit - 1, 5)];
        Assert.Empty(around.Except(Lengths(walk, field).Select(length => length - 1)));
        Assert.Empty(around.Except(Lengths(walk, "bytes")));
    }

    [Fact]
    public void Targets_that_take_turns_have_the_whole_walk_each()
    {
        var one = new Generator(1, Worlds.Small with { Walked = s_limits });
        var three = new Generator(1, Worlds.Small with { Walked = s_limits, Lanes = 3 });
        for (int number = 0; number < 20; number++)
        {
            string walked = CaseText.Write(one.Create(number) with { Origin = new CaseOrigin(1, 0, "") });
            Assert.All(Enumerable.Range(0, 3), lane => Assert.Equal(walked, CaseText.Write(three.Create((number * 3) + lane) with { Origin = new CaseOrigin(1, 0, "") })));
        }
    }

    [Fact]
    public void After_the_walk_a_number_means_what_it_means_without()
    {
        GeneratorWorld world = Worlds.Small with { Walked = s_limits };
        int count = Walk(world).Count;
        Assert.InRange(count, 60, 400);
        Assert.Equal(CaseText.Write(new Generator(1, Worlds.Small).Create(count)), CaseText.Write(new Generator(1, world).Create(count)));
    }

    [Fact]
    public void For_a_real_shell_it_is_as_safe_as_all_else()
    {
        var generator = new Generator(1, Worlds.Small with { Walked = s_limits, HarmlessCommandsOnly = true });
        Assert.All(Enumerable.Range(0, 400), number => Assert.True(
            HarmlessCommands.Safe(generator.Create(number), TestContext.Default) && HarmlessPorts.Safe(generator.Create(number), TestContext.Default)));
    }

    private static IEnumerable<int> Lengths(List<FuzzCase> walk, string kind) =>
        walk.SelectMany(one => one.Send.OfType<BytesStep>()).Where(step => step.Kind == kind).Select(step => step.Bytes.Resolve(TestContext.Default).Length);

    private static List<FuzzCase> Walk(GeneratorWorld world)
    {
        var generator = new Generator(1, world);
        return [.. Enumerable.Range(0, 2000).Select(number => generator.Create(number)).TakeWhile(one => one.Origin.Family == "walk")];
    }
}
