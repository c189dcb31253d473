using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Dialects;
using RexecConformance.Tests.Reports;

namespace RexecConformance.Tests.Judging;

public class ResolverTests
{
    private static readonly string[] s_plain = ["aux-connect=after-port", "status-stream=primary", "diagnostic-stream=primary", "diagnostic-terminator=!"];

    [Fact]
    public void A_dialect_that_never_answers_keeps_requests_for_aux_open()
    {
        Dialect dialect = SmallDialect.Of(["aux-connect=never-answers"]);
        ExpectedExchange expected = Resolve(WithAux(), dialect)!;
        Assert.True(expected.NeverAnswers);
        Assert.Equal((EndRule.Open, true), (expected.Primary.End, expected.Primary.Connected));
        Assert.Equal("nothing", expected.Primary.Content.ToString());
        Assert.Equal((false, true), (expected.Aux.Connected, expected.Aux.Check));
    }

    [Fact]
    public void It_says_nothing_of_requests_that_end_unfinished_or_ask_in_odd_ways()
    {
        Dialect dialect = SmallDialect.Of(["aux-connect=never-answers"]);
        Scenario ended = WithAux() with { Send = [WithAux().Send[0], new HalfCloseStep(Transcripts.StreamName.Primary)] };
        Assert.Contains("unfinished requests", Unsaid(ended, dialect));
        Scenario odd = WithAux() with { Expect = [WithAux().Expect[0] with { When = [new Condition("port-bytes", "=", ["any"])] }] };
        Assert.Contains("port-bytes", Unsaid(odd, dialect));
    }

    [Fact]
    public void A_missing_home_may_be_told_on_another_stream_than_the_rest()
    {
        Dialect dialect = SmallDialect.Of([.. s_plain, "home-stream=stderr"], ("no-home", "text: \"No home\""), ("bad-password", "text: \"Bad\""));
        ExpectedExchange home = Resolve(Refused("no-home"), dialect)!;
        Assert.Equal(("nothing", "\"\\x01\"\"No home\"\"!\""), (home.Primary.Content.ToString(), home.Aux.Content.ToString()));
        ExpectedExchange bad = Resolve(Refused("bad-password"), dialect)!;
        Assert.Equal(("\"\\x01\"\"Bad\"\"!\"", "nothing"), (bad.Primary.Content.ToString(), bad.Aux.Content.ToString()));
    }

    [Fact]
    public void A_pattern_without_flag_is_all_bytes()
    {
        Dialect dialect = SmallDialect.Of(s_plain, ("no-shell", "pattern: \"[^:]+: executing x\", flag: none"));
        ExpectedExchange expected = Resolve(Refused("no-shell"), dialect)!;
        Assert.True(expected.Primary.Content.Matches(Made.Bytes("rexecd: executing x")));
        Assert.False(expected.Primary.Content.Matches(Made.Bytes("\u0001rexecd: executing x!")));
    }

    [Fact]
    public void The_stream_of_a_diagnostic_matters_only_if_there_are_two()
    {
        Dialect dialect = SmallDialect.Of(["aux-connect=after-port", "diagnostic-terminator=!"], ("bad-password", "any: true"));
        Scenario without = Made.Scenario() with { Expect = [new Alternative { When = [], Refused = "bad-password" }] };
        Assert.NotNull(Resolve(without, dialect));
        Assert.Equal("small says nothing about diagnostic-stream", Unsaid(Refused("bad-password"), dialect));
    }

    [Fact]
    public void Error_output_without_aux_is_for_the_dialect_to_place()
    {
        Dialect dialect = SmallDialect.Of(["status-stream=primary"]);
        Scenario scenario = Made.Scenario() with
        {
            Expect = [new Alternative { When = [], Accepted = new Accepted(ByteTemplate.Empty, Made.Template("err\n")) }],
        };
        Assert.Equal("small says nothing about stderr-without-aux", Unsaid(scenario, dialect));
    }

    [Fact]
    public void The_argument_list_is_a_name_and_a_number()
    {
        Dialect dialect = SmallDialect.Of(["status-stream=primary", "command-limit=argument-list"]);
        Assert.NotNull(Resolve(When("=", "argument-list"), dialect));
        Assert.NotNull(Resolve(When("<", "50000"), dialect));
        Assert.Null(Resolve(When(">", "50000"), dialect));

        static Scenario When(string sign, string value) => Made.Scenario() with
        {
            Expect = [Made.Scenario().Expect[0] with { When = [new Condition("command-limit", sign, [value])] }],
        };
    }

    [Fact]
    public void Without_a_status_byte_the_output_is_all_that_comes()
    {
        Dialect dialect = SmallDialect.Of(["status-stream=none", "stderr-without-aux=not-sent", "aux-connect=never"]);
        ExpectedExchange expected = Resolve(Both(Made.Scenario()), dialect)!;
        Assert.Equal(("\"out\\n\"", EndRule.Fin), (expected.Primary.Content.ToString(), expected.Primary.End));
        ExpectedExchange asked = Resolve(Both(WithAux()), dialect)!;
        Assert.Equal(("\"out\\n\"", false), (asked.Primary.Content.ToString(), asked.Aux.Connected));
    }

    [Fact]
    public void Error_output_that_is_lost_leaves_its_connection_open()
    {
        Dialect dialect = SmallDialect.Of(["status-stream=primary", "stderr-relay=lost", "aux-connect=after-login"]);
        ExpectedExchange expected = Resolve(Both(WithAux()), dialect)!;
        Assert.Equal(("\"\\0\"\"out\\n\"", EndRule.Fin), (expected.Primary.Content.ToString(), expected.Primary.End));
        Assert.Equal(("nothing", EndRule.Open, true), (expected.Aux.Content.ToString(), expected.Aux.End, expected.Aux.OpenFor > TimeSpan.Zero));
    }

    [Fact]
    public void What_is_sent_for_ever_must_come_three_times_and_has_no_end()
    {
        Dialect dialect = SmallDialect.Of(["diagnostic-terminator="], ("eof-in-username", "text: \"EOF \""));
        Scenario scenario = Made.Scenario() with
        {
            Expect = [new Alternative { When = [], Primary = new StreamRule { Endless = new ByteTemplate([new DiagnosticPart("eof-in-username")]) } }],
        };
        ExpectedStream primary = Resolve(scenario, dialect)!.Primary;
        Assert.Equal("\u0001EOF \u0001EOF \u0001EOF ", ByteText.Latin1.GetString(primary.Content.LiteralBytes));
        Assert.Equal(("\u0001EOF ", EndRule.Open), (ByteText.Latin1.GetString(primary.Endless!), primary.End));
    }

    [Fact]
    public void The_moment_of_an_aux_that_is_not_judged_need_not_be_stated()
    {
        Dialect dialect = SmallDialect.Of(["status-stream=primary"]);
        var written = new Alternative { When = [], Primary = new StreamRule { Bytes = Made.Template("x") }, Aux = new StreamRule { Check = false } };
        ExpectedExchange expected = Resolve(WithAux() with { Expect = [written] }, dialect)!;
        Assert.Equal(("\"x\"", false), (expected.Primary.Content.ToString(), expected.Aux.Check));
        Assert.Contains("aux-connect", Unsaid(WithAux() with { Expect = [written with { Aux = null }] }, dialect));
        Assert.Contains("aux-connect", Unsaid(WithAux() with { Expect = [written with { Accepted = new Accepted(Made.Template(""), Made.Template("")) }] }, dialect));
    }

    private static Scenario Both(Scenario scenario) => scenario with
    {
        Expect = [new Alternative { When = [], Accepted = new Accepted(Made.Template("out\n"), Made.Template("err\n")) }],
    };

    private static Scenario WithAux() => Made.Scenario() with
    {
        Aux = new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero),
        Send = [new BytesStep("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])), .. Made.Scenario().Send.Skip(1)],
    };

    private static Scenario Refused(string cause) => WithAux() with { Expect = [new Alternative { When = [], Refused = cause }] };

    private static ExpectedExchange? Resolve(Scenario scenario, Dialect dialect) =>
        ExpectationResolver.Resolve(scenario, dialect, new Context(), 40_000, split: false, out _);

    private static string? Unsaid(Scenario scenario, Dialect dialect)
    {
        Assert.Null(ExpectationResolver.Resolve(scenario, dialect, new Context(), 40_000, split: false, out string? unsaid));
        return unsaid;
    }

    private sealed class Context : IByteContext
    {
        public int AuxPort => 1;

        public int? ArgumentList => 40_000;

        public byte[] Account(string account, string attribute) => Made.Bytes(account);
    }
}
