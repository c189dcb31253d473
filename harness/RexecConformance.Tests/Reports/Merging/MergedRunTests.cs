using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Reports.Results.Merging;
using RexecConformance.Running;
using RexecConformance.Tests.Reports.Formats;

namespace RexecConformance.Tests.Reports.Merging;

[Trait("needs", "nothing")]
public class MergedRunTests
{
    [Fact]
    public void Cases_are_in_the_order_of_one_run()
    {
        ReportedRun merged = Merge(Shard(2, 2, Right(1), Right(2)), Shard(1, 2, Right(0), Right(3)));
        Assert.Equal(["case-0", "case-1", "case-2", "case-3"], merged.Cases.Select(one => one.Id));
        Assert.Equal((null, 4, 0), (merged.Shard, merged.Variants, merged.ExitCode));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 5, 1)]
    [InlineData(1, 3, 3)]
    [InlineData(3, 130, 130)]
    [InlineData(0, 5, 5)]
    public void It_ends_as_one_run_would(int one, int other, int expected) =>
        Assert.Equal(expected, Merge(Shard(1, 2, Right(0), Right(1)) with { ExitCode = one }, Shard(2, 2, Right(2), Right(3)) with { ExitCode = other }).ExitCode);

    [Fact]
    public void Where_nothing_was_driven_in_any_shard_it_ends_with_4()
    {
        ReportedCase Not(int place) => MadeRun.Case(Verdict.Unsupported, $"case-{place}", place);

        Assert.Equal(4, Merge(Shard(1, 2, Not(0), Not(1)), Shard(2, 2, Not(2), Not(3))).ExitCode);
        Assert.Equal(0, Merge(Shard(1, 2, Not(0), Not(1)), Shard(2, 2, Not(2), Right(3))).ExitCode);
    }

    [Fact]
    public void An_empty_shard_counts()
    {
        ReportedRun empty = Shard(2, 2) with { Variants = 2 };
        Assert.Equal(2, Merge(Shard(1, 2, Right(0), Right(1)) with { Variants = 2 }, empty).Cases.Count());
    }

    [Fact]
    public void Guesses_are_made_of_the_sums()
    {
        ReportedRun With(ReportedRun run, params DialectGuess[] fits) => run with { Targets = [run.Targets[0] with { Fits = fits }] };

        ReportedRun merged = Merge(
            With(Shard(1, 2, Wrong(0), Right(1)), new DialectGuess("sco", 0, 2, 1), new DialectGuess("aix", 1, 2, 1)),
            With(Shard(2, 2, Wrong(2), Wrong(3)), new DialectGuess("sco", 1, 2, 1), new DialectGuess("aix", 3, 2, 0)));
        Assert.Equal([new DialectGuess("sco", 1, 4, 2)], merged.Targets[0].Guesses);
        Assert.Empty(merged.Targets[0].Fits);
        Assert.Equal(1, merged.ExitCode);
    }

    [Fact]
    public void Times_are_added_and_failures_say_of_which_shard_they_are()
    {
        ReportedRun With(ReportedRun run, string? failure, double ms) => run with { ExitCode = 3, Targets = [run.Targets[0] with { Failure = failure, TimelessMilliseconds = ms, Timeless = 2 }] };

        ReportedTarget target = Merge(With(Shard(1, 3, Right(0)), "it went away", 1), With(Shard(2, 3), null, 2), With(Shard(3, 3), "it went away", 3)).Targets.Single();
        Assert.Equal(("shards 1/3, 3/3: it went away", 6, 6), (target.Failure, target.TimelessMilliseconds, target.Timeless));
        target = Merge(With(Shard(1, 2), "not there", 1), With(Shard(2, 2), "not there", 2)).Targets.Single();
        Assert.Equal("not there", target.Failure);
    }

    [Fact]
    public void Requirements_of_all_shards_are_there()
    {
        ReportedRun one = Shard(1, 2, Right(0), Right(1));
        ReportedRun merged = Merge(
            one with { Requirements = one.Requirements.Where(pair => pair.Key == "unseen").ToDictionary() },
            Shard(2, 2, Right(2), Right(3)) with { Requirements = one.Requirements.Where(pair => pair.Key == "status-byte").ToDictionary() });
        Assert.Equal(["status-byte", "unseen"], merged.Requirements.Keys.Order());
    }

    [Fact]
    public void What_is_missing_is_named_unless_it_may_be_missing()
    {
        ReportedRun[] some = [Shard(4, 5, Right(0)), Shard(2, 5, Right(1))];
        Assert.Equal("shards 1/5, 3/5, 5/5 missing, expected all 5 (--partial merges what there is)", Refused(some));
        ReportedRun merged = MergedRun.Of(Named(some), partial: true);
        Assert.Equal(("2+4/5", 2), (merged.Shard, merged.Cases.Count()));
        Assert.Equal("0.json: was merged before, from shards 2+4/5: expected the results of single shards", Refused(merged, some[0]));
    }

    [Fact]
    public void What_is_not_of_one_run_is_refused()
    {
        ReportedRun one = Shard(1, 2, Right(0), Right(1));
        ReportedRun two = Shard(2, 2, Right(2), Right(3));
        Assert.Equal("0.json and 1.json are both shard 1/2", Refused(one, one));
        Assert.Equal("1.json: is the result of a whole run, expected one of run --shard", Refused(one, two with { Shard = null }));
        Assert.Equal("0.json and 1.json are not of one run: shard 1/2 and shard 2/3", Refused(one, two with { Shard = "2/3" }));
        Assert.Equal("0.json and 1.json are not of one run: suite 0.1.0 and suite 0.2.0", Refused(one, two with { Suite = "0.2.0" }));
        Assert.Contains("4 and 5 variants", Refused(one, two with { Variants = 5 }));
        Assert.Contains("4 variants each, but others", Refused(one, two with { Selection = "other" }));
        Assert.Contains("the targets are tcp:host:512 as bsd44, and tcp:host:512 as sco", Refused(one, two with { Targets = [two.Targets[0] with { Dialect = "sco" }] }));
        Assert.Contains("the targets are", Refused(one, two with { Targets = [] }));
        Assert.Contains("case-0#whole on tcp:host:512 as bsd44 is in two shards", Refused(one, two with { Targets = one.Targets }));
        Assert.Contains("the shards hold 3 of 4 variants on tcp:host:512 as bsd44", Refused(one, Shard(2, 2, Right(2))));
    }

    [Fact]
    public void A_shard_that_was_interrupted_may_lack_targets()
    {
        ReportedRun one = Shard(1, 2, Right(0), Right(1));
        ReportedTarget second = MadeRun.Target(null, Right(0) with { Target = "b" }, Right(1) with { Target = "b" });
        ReportedRun merged = Merge(
            one with { Targets = [.. one.Targets, second] },
            Shard(2, 2, Right(2), Right(3)) with { ExitCode = 130, Targets = [one.Targets[0] with { Cases = [], Failure = "interrupted" }] });
        Assert.Equal(["tcp:host:512", "b"], merged.Targets.Select(target => target.Target));
        Assert.Equal(["shard 2/2: interrupted", "shard 2/2: interrupted before this target"], merged.Targets.Select(target => target.Failure));
        Assert.Equal(130, merged.ExitCode);
    }

    [Fact]
    public void A_target_that_was_named_twice_is_there_twice()
    {
        ReportedRun Twice(int number, params (ReportedCase First, ReportedCase Second)[] cases)
        {
            ReportedRun run = Shard(number, 2, [.. cases.Select(pair => pair.First)]);
            return run with { Targets = [run.Targets[0], run.Targets[0] with { Cases = [.. cases.Select(pair => pair.Second)] }] };
        }

        ReportedRun merged = Merge(Twice(1, (Right(0), Right(0)), (Right(1), Right(1))), Twice(2, (Right(2), Right(2)), (Right(3), Wrong(3))));
        Assert.Equal([0, 1], merged.Targets.Select(target => target.Count(Verdict.Fail)));
    }

    [Fact]
    public void Beside_a_shard_that_was_interrupted_the_others_still_have_to_be_of_one_run()
    {
        ReportedRun one = Shard(1, 3, Right(0)) with { ExitCode = 130 };
        ReportedRun With(int number, string second) => Shard(number, 3, Right(number)) is var run
            ? run with { Targets = [run.Targets[0], run.Targets[0] with { Target = second, Cases = [] }] }
            : one;

        Assert.Contains("b as bsd44, and tcp:host:512 as bsd44, c as bsd44", Refused(one, With(2, "b"), With(3, "c")));
    }

    private static ReportedCase Right(int place) => MadeRun.Driven("a", "a", id: $"case-{place}", place: place);

    private static ReportedCase Wrong(int place) => MadeRun.Driven("a", "b", id: $"case-{place}", place: place);

    private static ReportedRun Shard(int number, int of, params ReportedCase[] cases) =>
        MadeRun.Run(MadeRun.Target(null, cases)) with { Shard = $"{number}/{of}", Variants = 4, Selection = "same" };

    private static List<(string File, ReportedRun Run)> Named(IEnumerable<ReportedRun> runs) => [.. runs.Select((run, i) => ($"{i}.json", run))];

    private static ReportedRun Merge(params ReportedRun[] runs) => MergedRun.Of(Named(runs), partial: false);

    private static string Refused(params ReportedRun[] runs) => Assert.Throws<InvalidDataException>(() => Merge(runs)).Message;
}
