namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Who tests the tests: each change of a dialect that a client can see must turn the suite red.</summary>
[Trait("needs", "loopback")]
public sealed class MutationTest(MutationTest.Runs runs) : IClassFixture<MutationTest.Runs>
{
    public static TheoryData<string> Visible => MutantRuns.Names(slow: false, seen: true);

    public static TheoryData<string> NotVisible => MutantRuns.Names(slow: false, seen: false);

    [Theory]
    [MemberData(nameof(Visible))]
    public Task Is_red(string mutant) => runs.IsRedAsync(mutant);

    // A scenario that sees one of these makes its reason wrong: then the line must go.
    [Theory]
    [MemberData(nameof(NotVisible))]
    public Task Is_green_for_the_reason_given(string mutant) => runs.IsGreenAsync(mutant);

    [Fact]
    public void There_are_mutants_of_every_visible_entry()
    {
        foreach (string dialect in Rexecd.Dialect.Names)
        {
            IEnumerable<string> visible = Rexecd.DialectEntries.Stated(Rexecd.Dialect.Load(dialect)).Where(e => e.ClientVisible).Select(e => e.Name);
            Assert.Equal(visible.Order(), Mutant.All.Where(m => m.Dialect == dialect).Select(m => m.Entry).Distinct().Order());
        }
    }

    [Fact]
    public void Each_reason_is_for_a_mutant_that_there_is() =>
        Assert.Empty(Unseen.Reasons.Keys.Except(Mutant.All.Select(m => m.Name)));

    public sealed class Runs() : MutantRuns(slow: false);
}
