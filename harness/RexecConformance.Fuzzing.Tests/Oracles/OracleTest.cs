using System.Text;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Oracles;

/// <summary>Each oracle with outcomes made by hand: what it says, what it does not, and under which name.</summary>
public sealed class OracleTest
{
    private static readonly FuzzCase s_case = NameCases.Login("nobody");

    [Fact]
    public async Task A_demand_that_is_met_is_no_symptom() => Assert.Null((await LookAsync(outcome => outcome)).Symptom);

    [Theory]
    [InlineData("", "primary-bytes-unknown-user-seen-nothing")]
    [InlineData("\u0001Login incorrect.", "primary-bytes-seen-without-terminator")]
    [InlineData("\u0001Login incorrecd.\n", "primary-bytes-unknown-user-seen-diagnostic")]
    [InlineData("\u0001Login incorrect.\n\n", "primary-bytes-unknown-user-seen-login-incorrect-more")]
    [InlineData("\0", "primary-bytes-unknown-user-seen-status")]
    [InlineData("\0some output of jane", "primary-bytes-unknown-user-seen-status-output")]
    [InlineData("output of john\n", "primary-bytes-unknown-user-seen-output")]
    public async Task Other_bytes_are_named_by_their_form_and_not_by_what_a_client_sent(string came, string kind) =>
        Assert.Equal("prediction-double-" + kind, (await LookAsync(outcome => outcome with { Primary = outcome.Primary with { Bytes = Encoding.Latin1.GetBytes(came) } })).Symptom?.Kind);

    [Theory]
    [InlineData(StreamEnd.Rst, "prediction-double-primary-end-unknown-user-fin-seen-rst")]
    [InlineData(StreamEnd.Open, "prediction-double-primary-end-unknown-user-closed-seen-open")]
    [InlineData(StreamEnd.Left, null)]
    public async Task An_end_is_looked_at_unless_the_client_left(StreamEnd end, string? kind) =>
        Assert.Equal(kind, (await LookAsync(outcome => outcome with { Primary = outcome.Primary with { End = end } })).Symptom?.Kind);

    [Fact]
    public async Task A_connection_that_must_not_be_is_told_before_its_bytes() =>
        Assert.Equal(
            "prediction-double-aux-connection-unknown-user-none-seen-connected",
            (await LookAsync(outcome => outcome with { Aux = new OutcomeStream(true, [0], StreamEnd.Fin) })).Symptom?.Kind);

    [Fact]
    public async Task An_answer_before_the_question_is_told() =>
        Assert.Equal("early-double-time-unknown-user-seen-early", (await LookAsync(outcome => outcome with { AnsweredAfter = 1 })).Symptom?.Kind);

    [Fact]
    public async Task Trouble_is_told_first_and_numbers_in_it_are_no_kind()
    {
        Symptom? one = (await LookAsync(outcome => outcome with { Trouble = "process 4711 was left", AnsweredAfter = 1 })).Symptom;
        Symptom? other = (await LookAsync(outcome => outcome with { Trouble = "process 9 was left" })).Symptom;
        Assert.Equal("trouble-server-seen-process-was-left", one?.Kind);
        Assert.Equal(one?.Kind, other?.Kind);
    }

    [Fact]
    public async Task Another_client_is_looked_at_too()
    {
        var server = new Server { Mistake = (_, _, outcome) => outcome with { Companions = [outcome with { Primary = outcome.Primary with { Bytes = [] } }] } };
        Examination seen = await Runs.Examiner(known: false, server).ExamineAsync(s_case with { Companions = [s_case] }, recut: false, default);
        Assert.Equal(0, seen.Symptom?.Companion);
    }

    [Theory]
    [InlineData("\u0001Go away.\n", "vocabulary-double-primary-bytes-unknown-user-known-text-seen-go-away")]
    [InlineData("\u0001where are you, 17?\n", "vocabulary-double-primary-bytes-unknown-user-known-text-seen-where-are-you")]
    [InlineData("\u0001Login incorrect.\n", null)]
    [InlineData("\u0001Login incorrect.\r\n\0", null)]
    [InlineData("\u0001nobody", null)]
    [InlineData("anything", null)]
    public async Task Where_nothing_is_stated_a_text_that_no_dialect_has_is_told(string came, string? kind)
    {
        var server = new Server { Mistake = (_, _, outcome) => outcome with { Primary = outcome.Primary with { Bytes = Encoding.Latin1.GetBytes(came) } } };
        var examiner = new Examiner(new FuzzLane([new FuzzParty(server, new Reading { States = false })]), Runs.Vocabulary, known: false);
        FuzzCase one = NameCases.Login("nobody", "\u0001nobody");
        Assert.Equal(kind, (await examiner.ExamineAsync(one, recut: false, default)).Symptom?.Kind);
    }

    [Fact]
    public async Task Bytes_that_change_with_segments_are_told_in_one_way_whichever_was_asked_first()
    {
        var server = new Server
        {
            Mistake = (one, _, outcome) => one.Fragments is WholeFragmentation ? outcome : outcome with { Primary = outcome.Primary with { Bytes = [1, .. "Where are you?\n"u8] } },
        };
        Examiner examiner = Runs.Examiner(server, new Reading { States = false });
        Symptom? whole = (await examiner.ExamineAsync(s_case, recut: true, default)).Symptom;
        Symptom? cut = (await examiner.ExamineAsync(s_case with { Fragments = new SplitFragmentation([3]) }, recut: true, default)).Symptom;
        Assert.Equal(OracleKind.Fragmentation, whole?.Oracle);
        Assert.Equal(whole?.Kind, cut?.Kind);
        Assert.Null((await examiner.AgainAsync(s_case, OracleKind.Fragmentation, default)).Symptom);
        Assert.Equal(whole?.Kind, (await examiner.AgainAsync(s_case with { Fragments = new PerByteFragmentation() }, OracleKind.Fragmentation, default)).Symptom?.Kind);
    }

    [Theory]
    [InlineData(true, "whole", "difference-double-primary-end-unknown-user-fin-seen-rst")]
    [InlineData(false, "whole", "difference-double-primary-end-unknown-user-fin-seen-rst")]
    [InlineData(false, "cut", null)]
    public async Task Ends_of_two_servers_are_compared_where_no_race_decides(bool memory, string segments, string? kind)
    {
        FuzzParty[] two =
        [
            new(new Server { InMemory = memory }, new Any()),
            new(new Server { InMemory = memory, Mistake = (_, _, outcome) => outcome with { Primary = outcome.Primary with { End = StreamEnd.Rst } } }, new Any()),
        ];
        FuzzCase one = segments == "cut" ? s_case with { Fragments = new SplitFragmentation([4]) } : s_case;
        Assert.Equal(kind, (await new Examiner(new FuzzLane(two), Runs.Vocabulary, known: false).ExamineAsync(one, recut: false, default)).Symptom?.Kind);
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("", "", true)]
    public void Literal_content_matches_as_the_judge_says(string expected, string seen, bool matches)
    {
        var content = ExpectedContent.Of(Encoding.Latin1.GetBytes(expected));
        Assert.Equal(matches, ContentMatch.Matches(content, Encoding.Latin1.GetBytes(seen)));
        Assert.Equal(matches, content.Matches(Encoding.Latin1.GetBytes(seen)));
    }

    [Theory]
    [InlineData("\u0001m-12\n")]
    [InlineData("\u0001m-12")]
    [InlineData("\u0001x-1\n")]
    [InlineData("\u0001\n")]
    [InlineData("")]
    [InlineData("\u0001m-1\n\n")]
    public void Forms_match_as_the_judge_says(string seen)
    {
        ExpectedContent[] forms =
        [
            ExpectedContent.Of([1]).Then(ExpectedContent.Matching("m-[0-9]+|q")).Then(ExpectedContent.Of([(byte)'\n'])),
            ExpectedContent.Matching("\u0001.*\n"),
            ExpectedContent.Matching("\u0001").Then(ExpectedContent.Matching("m.*")),
        ];
        byte[] bytes = Encoding.Latin1.GetBytes(seen);
        Assert.All(forms, form => Assert.Equal(form.Matches(bytes), ContentMatch.Matches(form, bytes)));
    }

    private static async Task<Examination> LookAsync(Func<FuzzOutcome, FuzzOutcome> change) =>
        await Runs.Examiner(known: false, new Server { Mistake = (_, _, outcome) => change(outcome) }).ExamineAsync(s_case, recut: false, default);

    private sealed class Any : IPredictor
    {
        public string Dialect => "double";

        public IReadOnlyList<string> Replies => ["unknown-user"];

        public PredictedAnswer Predict(FuzzCase fuzzCase, int auxPort) => new() { Reply = "unknown-user", Primary = new(null, null, null), Aux = new(null, null, null) };
    }
}
