using RexecConformance.Reports;
using RexecConformance.Tests.Reports;

namespace RexecConformance.Tests.Dialects;

public class DialectGroupsTests
{
    [Fact]
    public void Names_are_those_that_match()
    {
        Assert.Equal(["username-limit", "username-case", "username-too-long"], DialectGroups.Names(["username-*"]));
        Assert.Empty(DialectGroups.Names(["nothing"]));
    }

    [Fact]
    public void A_value_has_one_row_with_all_its_dialects()
    {
        var output = new StringWriter { NewLine = "\n" };
        DialectGroups.Write(
            output,
            [
                SmallDialect.Of(["home-check=never"], ("bad-password", "silent: true, not-before: 1s")) with { Name = "two" },
                SmallDialect.Of(["home-check=never"], ("bad-password", "text: \"a|b\"")) with { Name = "one" },
                SmallDialect.Of(["home-check=before-status"]) with { Name = "three" },
            ],
            ["home-check", "bad-password", "no-home"]);
        Assert.Equal(
            """
            | what | is | in |
            | --- | --- | --- |
            | `home-check` | never | one **D**, two **D** |
            | `home-check` | before-status | three **D** |
            | `bad-password` | `"a\|b"` | one **D** |
            | `bad-password` | silence, not before 1 s | two **D** |

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void A_name_of_a_property_and_of_a_diagnostic_has_the_rows_of_both_once()
    {
        var output = new StringWriter { NewLine = "\n" };
        DialectGroups.Write(
            output,
            [SmallDialect.Of(["empty-password=refused"], ("empty-password", "text: \"Login incorrect.\""))],
            DialectGroups.Names(["empty-password"]));
        Assert.Equal(
            """
            | what | is | in |
            | --- | --- | --- |
            | `empty-password` | refused | small **D** |
            | `empty-password` (diagnostic) | `"Login incorrect."` | small **D** |

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }
}
