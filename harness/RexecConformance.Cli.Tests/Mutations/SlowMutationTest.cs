namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>The mutants that only a case of a minute can tell: a time-out that never comes.</summary>
[Trait("needs", "loopback")]
[Trait("speed", "slow")]
public sealed class SlowMutationTest(SlowMutationTest.Runs runs) : IClassFixture<SlowMutationTest.Runs>
{
    public static TheoryData<string> Visible => MutantRuns.Names(slow: true, seen: true);

    public static TheoryData<string> NotVisible => MutantRuns.Names(slow: true, seen: false);

    [Theory]
    [MemberData(nameof(Visible))]
    public Task Is_red(string mutant) => runs.IsRedAsync(mutant);

    [Theory]
    [MemberData(nameof(NotVisible))]
    public Task Is_green_for_the_reason_given(string mutant) => runs.IsGreenAsync(mutant);

    public sealed class Runs() : MutantRuns(slow: true);
}
