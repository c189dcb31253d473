using System.Globalization;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Generating.Families;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>The table of families in <c>docs/fuzz-generator.md</c>, and that it is true.</summary>
public sealed class FamilyTableTests
{
    private const string Head = "| family | of 10,000 | what its cases are |\n|---|---|---|\n";

    private static readonly string s_page = Path.Combine(Worlds.Repository, "docs", "fuzz-generator.md");

    [Fact]
    public void The_page_has_the_families()
    {
        string page = File.ReadAllText(s_page).ReplaceLineEndings("\n");
        int from = page.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        int to = page.IndexOf("\n\n", from - 1, StringComparison.Ordinal) + 1;
        string rows = string.Concat(FamilyTable.All.OrderByDescending(family => family.Share).Select(family =>
            $"| `{family.Name}` | {family.Share.ToString(CultureInfo.InvariantCulture)} | {family.About} |\n"));
        string expected = page[..from] + rows + page[to..];
        if (Environment.GetEnvironmentVariable("REXEC_RENEW_CASES") == "1")
        {
            File.WriteAllText(s_page, expected);
            page = expected;
        }

        Assert.Equal(expected, page);
    }

    [Fact]
    public void Each_family_has_the_share_that_it_states()
    {
        const int Cases = 50_000;
        var generator = new Generator(8, Worlds.Small);
        Dictionary<string, int> seen = Enumerable.Range(0, Cases).CountBy(i => generator.Create(i).Origin.Family).ToDictionary();
        foreach (Family family in FamilyTable.All)
        {
            double expected = family.Share * (Cases / (double)FamilyTable.Whole);

            // Six times the deviation that chance has.
            double slack = 6 * Math.Sqrt(expected);
            Assert.InRange(seen.GetValueOrDefault(family.Name), expected - slack, expected + slack);
        }
    }
}
