using System.Diagnostics;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Dialects;
using RexecConformance.Tests.Reports;

namespace RexecConformance.Tests.Running;

public class SetupRunTests
{
    private static readonly Dialect s_dialect = SmallDialect.Of(["status-stream=primary", "aux-connect=after-port"]);

    [Fact]
    public async Task A_server_that_never_answers_is_known_at_once()
    {
        await using var server = new StubServer((_, _, cancel) => Task.Delay(Timeout.Infinite, cancel));
        Scenario scenario = Made.Scenario() with
        {
            Aux = new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero),
            Send =
            [
                new BytesStep("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])),
                new AwaitAuxStep(TimeSpan.FromSeconds(10)),
                .. Made.Scenario().Send.Skip(1),
            ],
        };
        long start = Stopwatch.GetTimestamp();
        VariantResult result = await RunAsync(server, SmallDialect.Of(["aux-connect=never-answers"]), scenario);
        Assert.Equal((Verdict.Pass, ""), (result.Verdict, result.Reason));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.3, 5);
    }

    [Fact]
    public async Task A_finding_names_the_session()
    {
        await using var server = new StubServer((client, number, cancel) =>
            StubServer.AnswerAsync(client, Made.Bytes(number == 0 ? "\0out\n" : "\u0001no\n"), cancel));
        VariantResult result = await RunAsync(server, s_dialect, Made.Scenario() with { Sessions = 2 });
        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Matches("^session [12] of 2: primary: ", Assert.Single(result.Findings).Text);
        Assert.Equal(Made.Bytes("\u0001no\n"), result.Transcript!.Primary.Bytes);
    }

    [Fact]
    public async Task Other_clients_connect_before_and_leave()
    {
        await using var server = new StubServer((client, _, cancel) => StubServer.AnswerAsync(client, Made.Bytes("\0out\n"), cancel), oneByOne: true);
        Scenario scenario = Made.Scenario() with { Others = new OtherClients(1, TimeSpan.FromMilliseconds(500)) };
        scenario = scenario with
        {
            Expect = [scenario.Expect[0] with { Primary = new StreamRule { NotBefore = TimeSpan.FromMilliseconds(200), Within = TimeSpan.FromSeconds(5) } }],
        };
        VariantResult result = await RunAsync(server, s_dialect, scenario);
        Assert.Equal((Verdict.Pass, ""), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task A_set_up_that_the_target_lacks_is_unsupported()
    {
        await using var server = new StubServer((_, _, _) => Task.CompletedTask);
        VariantResult result = await RunAsync(server, s_dialect, Made.Scenario() with { Setup = new ServerSetup([], ["refuse-root"]) });
        Assert.Equal((Verdict.Unsupported, "the target lacks 'option:refuse-root'"), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task A_red_run_suggests_the_dialect_that_fits()
    {
        await using var server = new StubServer((client, _, cancel) => StubServer.AnswerAsync(client, Made.Bytes("\u0001No\n"), cancel));
        Dialect[] dialects =
        [
            Refusing("small", "Wrong"), Refusing("other", "No"), Refusing("third", "Never"), Refusing("twin", "No"), SmallDialect.Of([]) with { Name = "unknown" },
        ];
        ScenarioTree tree = Made.Tree() with { Dialects = dialects.ToDictionary(d => d.Name) };
        Scenario scenario = Made.Scenario() with { Expect = [new Alternative { When = [], Refused = "bad-password" }] };
        TargetResult result = await new Runner(new RunOptions { Canary = false }, new Silent())
            .RunAsync(server, dialects[0], [.. Variant.Of(scenario)], default);
        Assert.Equal("fits other or twin: 0 differences in 2 variants", DialectGuess.Line(DialectGuess.Of(result, server, tree)));
        TargetResult green = await new Runner(new RunOptions { Canary = false }, new Silent())
            .RunAsync(server, dialects[1], [.. Variant.Of(scenario)], default);
        Assert.Empty(DialectGuess.Of(green, server, tree));
    }

    [Fact]
    public void Dialects_that_cannot_be_told_apart_are_one_line()
    {
        Assert.Equal("fits netbsd: 1 difference in 7 variants", DialectGuess.Line([new DialectGuess("netbsd", 1, 7, 3)]));
        Assert.Equal(
            "fits netbsd, bsd44 or bsd42: 0 differences in 5 to 7 variants",
            DialectGuess.Line([new DialectGuess("netbsd", 0, 7, 3), new DialectGuess("bsd44", 0, 6, 3), new DialectGuess("bsd42", 0, 5, 3)]));
    }

    private static Dialect Refusing(string name, string text) =>
        SmallDialect.Of(["diagnostic-terminator=\\n", "diagnostic-stream=primary"], ("bad-password", $"text: \"{text}\"")) with { Name = name };

    private static async Task<VariantResult> RunAsync(StubServer server, Dialect dialect, Scenario scenario)
    {
        TargetResult result = await new Runner(new RunOptions { Canary = false }, new Silent())
            .RunAsync(server, dialect, [new Variant(scenario, new WholeFragmentation())], default);
        Assert.Null(result.Failure);
        return Assert.Single(result.Results);
    }

    private sealed class Silent : IRunObserver
    {
        public void Started(Targets.ITarget target, int variants)
        {
        }

        public void Finished(VariantResult result)
        {
        }
    }
}
