using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Running;

/// <summary>What a variant waits for longest, to tell a person who waits with it.</summary>
internal static class LongestWait
{
    /// <summary>The time and what it is for, in words; zero where nothing but the server's answer is waited for.</summary>
    public static (TimeSpan Longest, string For) Of(Scenario scenario, ExpectedExchange expected)
    {
        (TimeSpan, string)[] waits =
        [
            (expected.Primary.NotBefore ?? TimeSpan.Zero, "the server's time-out"),
            (expected.Aux.NotBefore ?? TimeSpan.Zero, "the server's time-out"),
            (expected.Primary.OpenFor ?? TimeSpan.Zero, "the connection to stay open"),
            (expected.Aux.OpenFor ?? TimeSpan.Zero, "the auxiliary connection to stay open"),
            (new TimeSpan(scenario.Send.OfType<PauseStep>().Sum(step => step.Duration.Ticks)), "the client's own pauses"),
            (scenario.Aux.After, "the client, which accepts late"),
            (scenario.Reading?.After ?? TimeSpan.Zero, "the client, which reads late"),
        ];
        return waits.MaxBy(wait => wait.Item1);
    }
}
