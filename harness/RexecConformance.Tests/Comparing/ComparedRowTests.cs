using RexecConformance.Baselines;
using RexecConformance.Comparing;
using RexecConformance.Judging;

namespace RexecConformance.Tests.Comparing;

/// <summary>What counts as a difference of targets, and what dialects predict.</summary>
[Trait("needs", "nothing")]
public sealed class ComparedRowTests
{
    private static readonly string[] s_names = ["one", "two", "three"];

    [Fact]
    public void Targets_that_agree_share_a_letter()
    {
        var row = new ComparedRow("x#whole", [Cell("d", "a"), Cell("e", "b"), Cell("d", "a")]);
        Assert.Equal("ABA", row.Letters);
        Assert.True(row.Differs);
        Assert.Null(row.Unpredicted(s_names));
    }

    [Fact]
    public void Two_of_one_dialect_that_differ_are_not_predicted_unless_a_deviation_says_so()
    {
        Assert.NotNull(new ComparedRow("x#whole", [Cell("d", "a"), Cell("d", "b")]).Unpredicted(s_names));
        Assert.Null(new ComparedRow("x#whole", [Cell("d", "a"), Cell("d", "b", Verdict.Xfail)]).Unpredicted(s_names));
    }

    [Theory]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Xpass)]
    [InlineData(Verdict.Error)]
    public void A_red_verdict_is_not_predicted_even_if_all_agree(Verdict verdict) =>
        Assert.NotNull(new ComparedRow("x#whole", [Cell("d", "a", verdict), Cell("d", "a", verdict)]).Unpredicted(s_names));

    [Theory]
    [InlineData(RecordedEnd.Fin, RecordedEnd.Rst, true)]
    [InlineData(RecordedEnd.Fin, RecordedEnd.Open, true)]
    [InlineData(RecordedEnd.Fin, RecordedEnd.Closed, false)]
    [InlineData(RecordedEnd.Closed, RecordedEnd.Open, true)]
    [InlineData(RecordedEnd.Left, RecordedEnd.Rst, false)]
    public void Ends_differ_but_not_in_a_race(RecordedEnd one, RecordedEnd other, bool differ) =>
        Assert.Equal(differ, new ComparedRow("x#whole", [Cell("d", "a", end: one), Cell("e", "a", end: other)]).Differs);

    [Fact]
    public void What_was_not_driven_is_no_difference()
    {
        var row = new ComparedRow("x#whole", [Cell("d", "a"), new ComparedCell("d", Verdict.Unsupported, "lacks", []), null]);
        Assert.Equal("A--", row.Letters);
        Assert.Null(row.Unpredicted(s_names));
    }

    private static ComparedCell Cell(string dialect, string text, Verdict verdict = Verdict.Pass, RecordedEnd end = RecordedEnd.Fin) => new(
        dialect, verdict, "", [new ComparedExchange(
            new ComparedStream(true, System.Text.Encoding.Latin1.GetBytes(text), end), new ComparedStream(false, [], RecordedEnd.Open), null)]);
}
