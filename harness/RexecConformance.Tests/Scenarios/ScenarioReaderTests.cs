using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Scenarios;

public class ScenarioReaderTests
{
    private const string Head = "format: 1\nid: some-case\ntitle: A title\nlevel: must\nrequires: [one]\n";
    private const string Body = "send:\n  - port: \"0\"\nexpect:\n  - primary: { connection: turned-away }\n";

    [Fact]
    public void Set_up_sessions_and_other_clients_are_read()
    {
        Scenario scenario = Read(Head + "fault: pipe\noptions: [single-connection, refuse-root]\nsessions: 3\nothers: { connected: 2, leave-after: 600ms }\n" + Body);
        Assert.Equal(["fault:pipe", "option:single-connection", "option:refuse-root"], scenario.Setup.Needs);
        Assert.True(scenario.Setup.IsExclusive);
        Assert.Equal(3, scenario.Sessions);
        Assert.Equal(new OtherClients(2, TimeSpan.FromMilliseconds(600)), scenario.Others);
        Assert.Equal(ConnectionRule.TurnedAway, scenario.Expect[0].Primary!.Connection);
        Assert.True(scenario.IsTimed);
    }

    [Fact]
    public void Without_them_the_server_is_the_usual_one()
    {
        Scenario scenario = Read(Head + Body);
        Assert.True(scenario.Setup.IsPlain);
        Assert.Equal("", scenario.Setup.ToString());
        Assert.Equal(1, scenario.Sessions);
        Assert.Null(scenario.Others);
    }

    [Theory]
    [InlineData("fault: disk\n", "'fault' is 'disk', expected one of: fork, pipe")]
    [InlineData("options: [fast]\n", "'options' is 'fast', expected one of: refuse-root, single-connection, disabled")]
    [InlineData("sessions: 0\n", "'sessions' is 0, expected 1 to 32")]
    [InlineData("others: { connected: 99 }\n", "'connected' is 99, expected 1 to 32")]
    public void Mistakes_are_named(string line, string problem) => Assert.Contains(problem, Problem(Head + line + Body));

    [Fact]
    public void Only_the_primary_may_be_refused() =>
        Assert.Contains("'connection' is 'refused', expected refused or turned-away, on the primary", Problem(
            Head + "send:\n  - port: \"0\"\nexpect:\n  - primary: { end: fin }\n    aux: { connection: refused }\n"));

    [Theory]
    [InlineData("argument-list", 100)]
    [InlineData("argument-list+1", 101)]
    [InlineData("argument-list-14", 86)]
    public void A_command_can_be_as_long_as_the_argument_list(string times, int length)
    {
        Scenario scenario = Read(Head + $"send:\n  - command: {{ repeat: \"x\", times: {times} }}\nexpect:\n  - primary: {{ end: fin }}\n");
        Assert.True(scenario.UsesArgumentList);
        Assert.Equal(length + 1, ((BytesStep)scenario.Send[0]).Bytes.Resolve(new Context()).Length);
    }

    [Fact]
    public void Any_other_word_there_is_a_mistake() => Assert.Contains(
        "'times' is 'argument-list*2', expected argument-list", Problem(Head + "send:\n  - command: { repeat: \"x\", times: argument-list*2 }\nexpect:\n  - primary: { end: fin }\n"));

    private static Scenario Read(string text)
    {
        var problems = new List<Problem>();
        Scenario? scenario = ScenarioReader.Read(SourceFile.Parse("some-case.yaml", text, problems));
        Assert.Empty(problems);
        return scenario!;
    }

    private static string Problem(string text)
    {
        var problems = new List<Problem>();
        _ = ScenarioReader.Read(SourceFile.Parse("some-case.yaml", text, problems));
        return Assert.Single(problems).ToString();
    }

    private sealed class Context : IByteContext
    {
        public int AuxPort => 1;

        public int? ArgumentList => 100;

        public byte[] Account(string account, string attribute) => [];
    }
}
