using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Running;

/// <summary>A case that takes seconds is put off while a look at the servers is near, and is asked all the same.</summary>
[Trait("needs", "nothing")]
public sealed class SlowCasesTest
{
    private static readonly FuzzCase s_quick = NameCases.Login("good");
    private static readonly FuzzCase s_slow = s_quick with { Send = [new PauseStep(TimeSpan.FromSeconds(2)), .. s_quick.Send] };

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(3.5, true)]
    [InlineData(10.0, false)]
    [InlineData(60.0, false)]
    [InlineData(null, false)]
    public void What_would_not_be_over_before_the_look_is_put_off(double? lookIn, bool putOff)
    {
        Examiner examiner = Runs.Examiner(known: false, new Server { InMemory = false });
        var slow = new SlowCases();
        if (lookIn is { } seconds)
        {
            slow.LookIn(TimeSpan.FromSeconds(seconds));
        }

        Assert.False(slow.PutOff(examiner, s_quick, 1));
        Assert.Equal(putOff, slow.PutOff(examiner, s_slow, 2));
        Assert.Equal(putOff, slow.PutOff(examiner, s_quick with { Companions = [s_slow] }, 3));
    }

    [Fact]
    public void It_comes_back_after_the_look_or_when_nothing_else_is_left()
    {
        Examiner examiner = Runs.Examiner(known: false, new Server { InMemory = false });
        var slow = new SlowCases();
        slow.LookIn(TimeSpan.FromSeconds(1));
        Assert.True(slow.PutOff(examiner, s_slow, 7) && slow.PutOff(examiner, s_slow, 8));
        Assert.False(slow.TryTake(atLast: false, out _));
        Assert.True(slow.TryTake(atLast: true, out long number));
        Assert.Equal(7, number);
        slow.LookIn(TimeSpan.FromSeconds(60));
        Assert.True(slow.TryTake(atLast: false, out number));
        Assert.Equal(8, number);
        Assert.False(slow.TryTake(atLast: true, out _));
    }

    [Fact]
    public void In_memory_nothing_takes_time()
    {
        var slow = new SlowCases();
        slow.LookIn(TimeSpan.FromSeconds(1));
        Assert.False(slow.PutOff(Runs.Examiner(known: false, new Server()), s_slow, 7));
    }

    [Fact]
    public async Task All_cases_of_a_run_are_asked()
    {
        using var runs = new Runs { Generator = new Pauses(), Options = new Runs().Options with { End = 40, Jobs = 4, HealthFirst = TimeSpan.FromMilliseconds(50), HealthLatest = TimeSpan.FromMilliseconds(200) } };
        FuzzResult result = await runs.RunAsync(new Server { InMemory = false, Before = (_, stop) => Task.Delay(20, stop) });
        Assert.Equal((40, 40), (result.Cases, result.Numbers.To));
    }

    private sealed class Pauses : IFuzzGenerator
    {
        public FuzzCase Create(long number) => (number % 3 == 0 ? s_slow : s_quick) with { Origin = new CaseOrigin(1, number, "slow") };
    }
}
