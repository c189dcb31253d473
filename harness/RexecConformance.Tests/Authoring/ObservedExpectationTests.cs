using RexecConformance.Authoring;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Reports;
using RexecConformance.Tests.Running;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Authoring;

/// <summary>What a server answered becomes an expectation: what was the same each time, and nothing else.</summary>
[Trait("needs", "nothing")]
public sealed class ObservedExpectationTests
{
    private readonly List<string> _notes = [];

    [Fact]
    public void The_same_each_time_is_expected_whole()
    {
        Alternative made = Of(Seen("\0out\n"), Seen("\0out\n"));
        Assert.Equal(("dialect", "debian"), (made.When[0].Property, made.When[0].Values[0]));
        Assert.Equal("\0out\n"u8.ToArray(), made.Primary!.Bytes!.Resolve(new Scenarios.Texts.Context()));
        Assert.Equal((EndRule.Fin, null), (made.Primary.End, made.Aux));
        Assert.Empty(_notes);
    }

    [Fact]
    public void What_differs_is_not_expected_and_is_noted()
    {
        Alternative made = Of(Seen("\0pid 17"), Seen("\0pid 23"));
        Assert.Null(made.Primary!.Bytes);
        Assert.Equal("\0pid "u8.ToArray(), made.Primary.Beginning!.Resolve(new Scenarios.Texts.Context()));
        Assert.Contains("after 5 bytes", Assert.Single(_notes));
        Assert.Empty(Of(Seen("a"), Seen("b")).Primary!.Beginning!.Parts);
    }

    [Fact]
    public void An_end_that_was_both_is_either()
    {
        Assert.Equal(EndRule.Closed, Of(Seen("x", StreamEnd.Fin), Seen("x", StreamEnd.Rst)).Primary!.End);
        Assert.Single(_notes);
        Assert.Equal(EndRule.Rst, Of((false, Seen("x", StreamEnd.Fin)), (true, Seen("x", StreamEnd.Rst))).Primary!.End);
    }

    [Fact]
    public void What_is_open_stays_open_and_what_is_both_is_nothing_fixed()
    {
        Assert.Equal((EndRule.Open, TimeSpan.FromSeconds(1)), (Of(Seen("", StreamEnd.Open)).Primary!.End, Of(Seen("", StreamEnd.Open)).Primary!.OpenFor));
        Assert.Throws<DraftException>(() => Of(Seen("", StreamEnd.Open), Seen("", StreamEnd.Fin)));
    }

    [Fact]
    public void A_password_is_written_as_its_place()
    {
        StreamRule rule = Of(Seen("you said secret!\n")).Primary!;
        Assert.Equal(["LiteralPart", "AccountPart", "LiteralPart"], rule.Bytes!.Parts.Select(part => part.GetType().Name));
    }

    [Fact]
    public void A_connection_that_is_refused_is_a_fact_and_one_that_is_lost_is_none()
    {
        Assert.Equal(ConnectionRule.Refused, Of(NoConnection(Transcript.Refused)).Primary!.Connection);
        Assert.Contains("no answer", Assert.Throws<DraftException>(() => Of(NoConnection("no answer within 5 s"))).Message);
    }

    private static StreamTranscript Seen(string text, StreamEnd end = StreamEnd.Fin) => Made.Seen(Made.Bytes(text), end);

    private Alternative Of(params StreamTranscript[] seen) => Of([.. seen.Select(one => (true, one))]);

    private Alternative Of(params (bool Whole, StreamTranscript Stream)[] seen) =>
        ObservedExpectation.Of(Made.Scenario(), "debian", new NamedTarget("reference:debian", "debian"), [.. seen.Select(one => new ObservedVariant(one.Whole, Exchange(one.Stream, null)))], _notes);

    private Alternative Of(ObservedVariant variant) => ObservedExpectation.Of(Made.Scenario(), "debian", new NamedTarget("reference:debian", "debian"), [variant], _notes);

    private static ObservedVariant NoConnection(string why) => new(true, Exchange(StreamTranscript.NotConnected, why));

    private static Transcript Exchange(StreamTranscript primary, string? error) => new()
    {
        Events = [], Primary = primary, Aux = StreamTranscript.NotConnected, StepsDoneAt = TimeSpan.Zero, UnmetAwaits = [], ConnectError = error, Duration = TimeSpan.Zero,
    };
}
