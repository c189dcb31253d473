using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Oracles;

/// <summary>When a server ends its streams: to the tick where time is virtual, with a tolerance where it is not.</summary>
public sealed class EndTimeTest
{
    private const string Sooner = "prediction-double-primary-time-slow-seen-ended-too-soon";
    private const string Later = "prediction-double-primary-time-slow-seen-ended-too-late";

    [Theory]
    [InlineData(true, 2000, null)]
    [InlineData(true, 1999, Sooner)]
    [InlineData(true, 3000, null)]
    [InlineData(true, 3001, Later)]
    [InlineData(false, 1600, null)]
    [InlineData(false, 1400, Sooner)]
    [InlineData(false, 7900, null)]
    [InlineData(false, 8100, Later)]
    public async Task An_end_has_its_time(bool memory, int ms, string? kind) =>
        Assert.Equal(kind, await LookAsync(memory, "ab", StreamEnd.Fin, endedAt: ms, duration: 9000));

    [Theory]
    [InlineData("a", 1900, null)]
    [InlineData("", 1900, null)]
    [InlineData("ab", 1900, null)]
    [InlineData("b", 1900, "prediction-double-primary-bytes-slow-seen-output-other")]
    [InlineData("abc", 1900, "prediction-double-primary-bytes-slow-seen-output-longer")]
    [InlineData("ab", 2000, "prediction-double-primary-end-slow-closed-seen-open")]
    [InlineData("a", 2000, "prediction-double-primary-bytes-slow-seen-output-cut-short")]
    public async Task A_client_that_gives_up_before_the_end_is_due_sees_the_beginning(string came, int ms, string? kind) =>
        Assert.Equal(kind, await LookAsync(memory: true, came, StreamEnd.Open, endedAt: null, duration: ms));

    [Theory]
    [InlineData("a", Sooner)]
    [InlineData("axx", Sooner)]
    [InlineData("", "prediction-double-primary-bytes-slow-seen-nothing")]
    [InlineData("b", "prediction-double-primary-bytes-slow-seen-output-other")]
    public async Task A_command_that_is_cut_off_is_one_kind_whatever_is_missing(string came, string kind) =>
        Assert.Equal(kind, await LookAsync(memory: true, came, StreamEnd.Fin, endedAt: 100, duration: 9000));

    [Fact]
    public async Task A_client_that_left_has_seen_no_end() =>
        Assert.Null(await LookAsync(memory: true, "ab", StreamEnd.Left, endedAt: 5, duration: 5));

    [Theory]
    [InlineData(true, "difference-double-primary-time-slow-end-seen-later")]
    [InlineData(false, null)]
    public async Task Two_servers_in_memory_end_at_the_same_time(bool memory, string? kind)
    {
        FuzzParty[] two = [.. new[] { 2500, 2501 }.Select(ms => new FuzzParty(Target(memory, "ab", StreamEnd.Fin, ms, 9000), new Slow()))];
        Examination seen = await new Examiner(new FuzzLane(two), Runs.Vocabulary, known: false).ExamineAsync(NameCases.Login("nobody"), recut: false, default);
        Assert.Equal(kind, seen.Symptom?.Kind);
    }

    private static async Task<string?> LookAsync(bool memory, string came, StreamEnd end, int? endedAt, int duration) =>
        (await Runs.Examiner(Target(memory, came, end, endedAt, duration), new Slow()).ExamineAsync(NameCases.Login("nobody"), recut: false, default)).Symptom?.Kind;

    private static Server Target(bool memory, string came, StreamEnd end, int? endedAt, int duration) => new()
    {
        InMemory = memory,
        Mistake = (_, _, outcome) => outcome with
        {
            Duration = TimeSpan.FromMilliseconds(duration),
            Primary = new OutcomeStream(true, System.Text.Encoding.Latin1.GetBytes(came), end) { EndedAt = endedAt is { } ms ? TimeSpan.FromMilliseconds(ms) : null },
        },
    };

    private sealed class Slow : IPredictor
    {
        public string Dialect => "double";

        public IReadOnlyList<string> Replies => ["slow"];

        public PredictedAnswer Predict(FuzzCase fuzzCase, int auxPort) => new()
        {
            Reply = "slow",
            Primary = new(true, ExpectedContent.Of("ab"u8.ToArray()), EndRule.Fin),
            Aux = new(null, null, null),
            EndsAfter = TimeSpan.FromSeconds(2),
            EndsWithin = TimeSpan.FromSeconds(3),
        };
    }
}
