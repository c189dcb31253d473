using RexecConformance.Reports;

namespace RexecConformance.Tests.Reports;

public class ScenarioListingTests
{
    [Fact]
    public void Scenarios_are_an_aligned_table()
    {
        var output = new StringWriter { NewLine = "\n" };
        ScenarioListing.Write(output, [Made.Scenario("z-longer-name"), Made.Scenario("a", "Title\x1b")]);
        Assert.Equal(
            """
            id             level  variants  tags     title
            a              must          2  one,two  Title\x1b
            z-longer-name  must          2  one,two  A title

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void Requirements_have_their_number_of_scenarios_or_a_reason()
    {
        var output = new StringWriter { NewLine = "\n" };
        ScenarioListing.WriteRequirements(output, Made.Tree(Made.Scenario("a"), Made.Scenario("b")));
        Assert.Equal(
            """
            id           level  scenarios  systems  place
            status-byte  must           2  sco      seed 000, line 23
            unseen       info           -  mks:-    seed 002, section 4; not tested: it is inside

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }
}
