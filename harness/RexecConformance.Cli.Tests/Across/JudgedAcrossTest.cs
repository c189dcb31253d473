using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Across;

/// <summary>
/// The reference server of one dialect judged by another one: red in the scenarios that the table <c>across.txt</c> lists, and only
/// where the suite's own facts say that the two differ. Some can't be told apart in one direction: of the judging one too little is known.
/// </summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)]
public sealed class JudgedAcrossTest(AcrossRuns runs) : IClassFixture<AcrossRuns>
{
    // What the first does is all that is known of the second, or as far as it is known.
    private static readonly HashSet<(string Served, string Judged)> s_twins =
        [("netbsd", "bsd44"), ("zos", "bsd44"), ("bsd44", "zos"), ("bsd44", "ibmi")];

    // Its relay closes once it reads anything from the client: whether what the command has written by then still goes is chance.
    // And whether two megabytes are through before the wait for them is over depends on what else the machine does.
    private static readonly HashSet<(string Served, string Scenario)> s_races =
    [
        ("freebsd-pam", "captured-gnu-client-aux"), ("freebsd-pam", "signal-15-after-200"), ("interix", "command-2097152"), ("mks", "command-2097152"),
    ];

    private static readonly IReadOnlyDictionary<(string Served, string Judged), IReadOnlyList<string>> s_table = AcrossTable.Read();

    /// <summary>The pairs of the table.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach ((string served, string judged) in AcrossTable.Pairs)
            {
                pairs.Add(served, judged);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Is_red_where_the_table_says(string served, string judged)
    {
        (TargetResult result, ITarget target) = await runs.OfAsync(served, judged);
        HashSet<string> races = [.. result.Results.Where(one => IsRace(served, one, target)).Select(one => one.Variant.Scenario.Id)];
        string actual = AcrossTable.Line(served, judged, [.. Suite.RedIds(result).Except(races)]);
        AcrossTable.WriteIfAsked(actual);
        IReadOnlyList<string> listed = s_table.GetValueOrDefault((served, judged)) ?? [];
        Assert.True(Suite.RedIds(result).Any() || s_twins.Contains((served, judged)), "nothing tells the two apart");
        Assert.Equal(AcrossTable.Line(served, judged, listed), actual);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Is_red_for_reasons_that_the_facts_give(string served, string judged)
    {
        (TargetResult result, ITarget target) = await runs.OfAsync(served, judged);
        foreach (VariantResult one in result.Results.Where(r => r.Transcript is not null && r.Verdict != Verdict.Blocked))
        {
            ExpectedExchange? own = Of(served, one, target);
            if (own is null)
            {
                // The served dialect's documents say nothing here: no fact predicts anything.
                continue;
            }

            ExpectedExchange other = one.Expected!;
            Assert.False(one.IsRed && Same(own, other), $"{one.Variant.Name}: {served} and {judged} expect the same, yet it is red: {one.Reason}");
            bool mustDiffer = Differs(own.Primary, other.Primary) || Differs(own.Aux, other.Aux);
            Assert.True(one.IsRed || !mustDiffer, $"{one.Variant.Name}: {served} and {judged} expect other bytes, yet it is green");
        }
    }

    /// <summary>By its own documents the server may close or reset, the other must do one of them: red now and then, so not in the table.</summary>
    private static bool IsRace(string served, VariantResult one, ITarget target) => s_races.Contains((served, one.Variant.Scenario.Id))
        || one.Transcript is not null && Of(served, one, target) is { Primary: { Connected: true, End: EndRule.Closed } own }
        && one.Expected!.Primary is { Connected: true, End: EndRule.Fin or EndRule.Rst } other && Text(own with { End = other.End }) == Text(other);

    private static ExpectedExchange? Of(string dialect, VariantResult one, ITarget target) => ExpectationResolver.Resolve(
        one.Variant.Scenario, Suite.Tree.Dialects[dialect], new TargetContext(target, 1), target.ArgumentList, one.Split, out _);

    private static bool Same(ExpectedExchange a, ExpectedExchange b) => Text(a.Primary) == Text(b.Primary) && Text(a.Aux) == Text(b.Aux);

    private static string Text(ExpectedStream s) => $"{s.Check} {s.Connected} {s.Content} {s.End} {s.OpenFor} {s.NotBefore} {s.Within}";

    private static bool Differs(ExpectedStream a, ExpectedStream b) => a.Check && b.Check && a.Connected && b.Connected
        && a.Content.IsLiteral && b.Content.IsLiteral && !a.Content.LiteralBytes.AsSpan().SequenceEqual(b.Content.LiteralBytes);
}
