using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Dialects;

public class DialectReaderTests
{
    [Fact]
    public void A_pattern_may_be_about_all_bytes()
    {
        Diagnostic diagnostic = SmallDialect.Of([], ("no-shell", "pattern: \"[^:]+: executing .*\\\\n\", flag: none")).Diagnostics["no-shell"];
        Assert.False(diagnostic.Flag);
        Assert.Equal("[^:]+: executing .*\\n", diagnostic.Pattern);
    }

    [Theory]
    [InlineData("any: true, flag: none")]
    [InlineData("pattern: x, flag: two")]
    public void Flag_is_none_and_goes_with_a_pattern(string form)
    {
        var problems = new List<Problem>();
        _ = SmallDialect.Read("", $"  no-shell: {{ {form}, basis: documented, source: it }}\n", problems);
        Assert.Contains("'flag' expects none, and goes with 'pattern' only", Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("aux-connect=never-answers")]
    [InlineData("home-check=never")]
    [InlineData("home-stream=stderr")]
    [InlineData("eof-in-field=diagnostic")]
    [InlineData("overlong-at=unlimited")]
    [InlineData("expiry-check=never")]
    [InlineData("refuse-root-option=refused")]
    [InlineData("single-connection-option=second-waits")]
    [InlineData("concurrent-clients=served")]
    public void Values_that_the_documentation_names_are_read(string property) =>
        Assert.Equal(property.Split('=')[1], SmallDialect.Of([property]).Properties[property.Split('=')[0]].Value);
}
