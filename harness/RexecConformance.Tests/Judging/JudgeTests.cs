using System.Text;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Judging;

/// <summary>Bytes, end, time and connection are judged apart from each other.</summary>
[Trait("needs", "nothing")]
public sealed class JudgeTests
{
    private static readonly ExpectedStream s_text = new() { Content = Text("\u0001no\n"), End = EndRule.Fin };
    private static readonly ExpectedStream s_none = s_text with { Connected = false };

    [Fact]
    public void As_expected_is_no_finding() => Assert.Empty(Compare(s_text, Seen("\u0001no\n")));

    [Fact]
    public void Right_text_but_reset_is_a_finding_of_its_own()
    {
        Finding finding = Assert.Single(Compare(s_text, Seen("\u0001no\n", StreamEnd.Rst)));
        Assert.Equal((FindingKind.End, StreamName.Primary), (finding.Kind, finding.Stream));
        Assert.Equal("primary: expected an orderly close (FIN), but it was reset (RST)", finding.Text);
    }

    [Fact]
    public void Wrong_text_and_reset_are_two() =>
        Assert.Equal([FindingKind.Bytes, FindingKind.End], Compare(s_text, Seen("\u0001on\n", StreamEnd.Rst)).Select(f => f.Kind));

    [Theory]
    [InlineData("\u0001nO\n", 2, "at offset 2 expected 6f, received 4f")]
    [InlineData("\u0001n", 2, "expected 2 more bytes after offset 2: \"o\\n\"")]
    [InlineData("\u0001no\n\0", 4, "1 bytes too many from offset 4: \"\\0\"")]
    [InlineData("", 0, "expected 4 more bytes after offset 0")]
    public void Wrong_bytes_are_told_with_their_offset(string received, int offset, string words)
    {
        Finding finding = Assert.Single(Compare(s_text, Seen(received)));
        Assert.Equal((FindingKind.Bytes, offset), (finding.Kind, finding.Offset));
        Assert.Contains(words, finding.Text);
    }

    [Theory]
    [InlineData(EndRule.Fin, StreamEnd.Fin, true)]
    [InlineData(EndRule.Fin, StreamEnd.Open, false)]
    [InlineData(EndRule.Rst, StreamEnd.Rst, true)]
    [InlineData(EndRule.Rst, StreamEnd.Fin, false)]
    [InlineData(EndRule.Closed, StreamEnd.Fin, true)]
    [InlineData(EndRule.Closed, StreamEnd.Rst, true)]
    [InlineData(EndRule.Closed, StreamEnd.Open, false)]
    [InlineData(EndRule.Open, StreamEnd.Open, true)]
    [InlineData(EndRule.Open, StreamEnd.Fin, false)]
    [InlineData(EndRule.Fin, StreamEnd.Left, true)] // the client left first: nothing can be said
    public void Ends(EndRule expected, StreamEnd seen, bool fits) =>
        Assert.Equal(fits, Compare(s_text with { End = expected }, Seen("\u0001no\n", seen)).Count == 0);

    // The end came at 3 s, the last step was done at 1 s.
    [Theory]
    [InlineData(null, 2.0, true)]
    [InlineData(null, 1.9, false)]
    [InlineData(2.0, null, true)]
    [InlineData(2.1, null, false)]
    public void Times_count_from_the_last_step(double? notBefore, double? within, bool fits)
    {
        ExpectedStream expected = s_text with
        {
            NotBefore = notBefore is { } early ? TimeSpan.FromSeconds(early) : null,
            Within = within is { } late ? TimeSpan.FromSeconds(late) : null,
        };
        IReadOnlyList<Finding> findings = Compare(expected, Seen("\u0001no\n"));
        Assert.Equal(fits ? [] : [FindingKind.Time], findings.Select(f => f.Kind));
    }

    [Theory]
    [InlineData("\u0001rexecd: 3004-007 You entered an invalid login name.\n", true)]
    [InlineData("\u0001rexecd: You entered an invalid login name.\n", false)]
    [InlineData("\u0001rexecd: 3004-007 x", false)]
    [InlineData("x\u0001rexecd: 3004-007 x\n", false)]
    [InlineData("\u0001rexecd: 3004-007 x\n\n", false)] // $ would let this pass
    public void A_pattern_is_for_the_whole_text(string received, bool fits)
    {
        ExpectedContent content = Text("\u0001").Then(ExpectedContent.Matching("rexecd: [0-9-]+ [^\\n]+")).Then(Text("\n"));
        Assert.Equal(fits, Compare(s_text with { Content = content }, Seen(received)).Count == 0);
    }

    [Fact]
    public void Bytes_around_a_pattern_are_no_pattern() =>
        Assert.False(Text(".*").Then(ExpectedContent.Matching("x")).Matches("abcx"u8.ToArray()));

    [Fact]
    public void A_connection_that_is_missing_or_too_much_is_told_and_nothing_else()
    {
        ExpectedExchange both = new(s_text, s_text, []);
        Finding finding = Assert.Single(Judge.Compare(both, Transcript(Seen("\u0001no\n"), StreamTranscript.NotConnected)));
        Assert.Equal((FindingKind.Connection, StreamName.Aux, "aux: the server did not connect"), (finding.Kind, finding.Stream, finding.Text));

        finding = Assert.Single(Judge.Compare(both with { Aux = s_none }, Transcript(Seen("\u0001no\n"), Seen("x"))));
        Assert.Equal("aux: the server connected, which it should not", finding.Text);
    }

    [Fact]
    public void Where_no_connection_was_made_that_is_all()
    {
        Finding finding = Assert.Single(Judge.Compare(
            new ExpectedExchange(s_text, s_text, []), Transcript(StreamTranscript.NotConnected, StreamTranscript.NotConnected) with { ConnectError = "connection refused" }));
        Assert.Equal("primary: no connection: connection refused", finding.Text);
    }

    [Fact]
    public void What_is_not_to_be_checked_is_not() =>
        Assert.Empty(Judge.Compare(new ExpectedExchange(s_text with { Check = false }, s_none, []), Transcript(Seen("?", StreamEnd.Rst), StreamTranscript.NotConnected)));

    [Fact]
    public void An_unmet_await_is_a_finding()
    {
        Finding finding = Assert.Single(Judge.Compare(
            new ExpectedExchange(s_text, s_none, []), Transcript(Seen("\u0001no\n"), StreamTranscript.NotConnected) with { UnmetAwaits = ["it did not come"] }));
        Assert.Equal((FindingKind.Await, "it did not come"), (finding.Kind, finding.Text));
    }

    [Fact]
    public void Far_too_many_bytes_are_told()
    {
        IReadOnlyList<Finding> findings = Compare(s_text, Seen("\u0001no\n", StreamEnd.Open) with { Overflow = true });
        Assert.Contains("far more bytes", Assert.Single(findings).Text);
    }

    [Theory]
    [InlineData("ababab", true)]
    [InlineData("abababababa", true)]
    [InlineData("abab", false)]
    [InlineData("abababb", false)]
    [InlineData("", false)]
    public void What_comes_for_ever_may_stop_anywhere_after_three_times(string received, bool fits)
    {
        ExpectedStream endless = s_text with { Content = Text("ababab"), Endless = Encoding.Latin1.GetBytes("ab"), End = EndRule.Open };
        Assert.Equal(fits, Compare(endless, Seen(received, StreamEnd.Open) with { Overflow = true }).Count == 0);
    }

    [Fact]
    public void What_comes_for_ever_is_not_ended_by_the_server()
    {
        ExpectedStream endless = s_text with { Content = Text("ababab"), Endless = Encoding.Latin1.GetBytes("ab"), End = EndRule.Open };
        Assert.Equal(FindingKind.End, Assert.Single(Compare(endless, Seen("abababab"))).Kind);
    }

    private static IReadOnlyList<Finding> Compare(ExpectedStream expected, StreamTranscript seen) =>
        Judge.Compare(new ExpectedExchange(expected, s_none, []), Transcript(seen, StreamTranscript.NotConnected));

    private static ExpectedContent Text(string text) => ExpectedContent.Of(Encoding.Latin1.GetBytes(text));

    private static StreamTranscript Seen(string text, StreamEnd end = StreamEnd.Fin) => new()
    {
        Connected = true,
        Chunks = [],
        End = end,
        EndAt = TimeSpan.FromSeconds(3),
        Bytes = Encoding.Latin1.GetBytes(text),
    };

    private static Transcript Transcript(StreamTranscript primary, StreamTranscript aux) => new()
    {
        Events = [],
        Primary = primary,
        Aux = aux,
        StepsDoneAt = TimeSpan.FromSeconds(1),
        UnmetAwaits = [],
        Duration = TimeSpan.FromSeconds(3),
    };
}
