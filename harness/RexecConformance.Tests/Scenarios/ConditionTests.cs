using RexecConformance.Scenarios;

namespace RexecConformance.Tests.Scenarios;

/// <summary>Conditions on the properties of a dialect.</summary>
[Trait("needs", "nothing")]
public sealed class ConditionTests
{
    [Theory]
    [InlineData("<", "15", "14", true)]
    [InlineData("<", "15", "15", false)]
    [InlineData("<=", "15", "15", true)]
    [InlineData("<=", "15", "16", false)]
    [InlineData(">", "15", "16", true)]
    [InlineData(">", "15", "15", false)]
    [InlineData(">=", "15", "15", true)]
    [InlineData(">=", "15", "14", false)]
    [InlineData("<", "9", "10", false)] // as numbers, not as texts
    [InlineData(">", "999999999", "unlimited", true)]
    [InlineData("<", "999999999", "unlimited", false)]
    [InlineData("<", "unlimited", "14", true)]
    [InlineData(">=", "unlimited", "unlimited", true)]
    [InlineData("<", "15", "argument-list", false)]
    [InlineData("=", "15", "15", true)]
    [InlineData("=", "15", "015", false)]
    [InlineData("=", "allowed", "refused", false)]
    public void Compares(string comparison, string wanted, string value, bool holds) =>
        Assert.Equal(holds, new Condition("username-limit", comparison, [wanted]).Holds(value));

    [Fact]
    public void Any_of_a_list_will_do()
    {
        var condition = new Condition("aux-connect", "=", ["never", "after-login"]);
        Assert.True(condition.Holds("after-login"));
        Assert.False(condition.Holds("after-port"));
    }

    [Theory]
    [InlineData("\"< 15\"", "<", "15")]
    [InlineData("\"<=15\"", "<=", "15")]
    [InlineData("\">= 15\"", ">=", "15")]
    [InlineData("\">15\"", ">", "15")]
    [InlineData("15", "=", "15")]
    public void Are_read_from_the_file(string text, string comparison, string value)
    {
        Scenario scenario = Texts.Scenario("  - accepted:", $"  - when: {{ username-limit: {text} }}\n    accepted:");
        Condition condition = Assert.Single(scenario.Expect[0].When);
        Assert.Equal((comparison, value), (condition.Operator, Assert.Single(condition.Values)));
    }
}
