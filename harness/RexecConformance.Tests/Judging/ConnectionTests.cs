using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Reports;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Judging;

public class ConnectionTests
{
    [Theory]
    [InlineData(ConnectionRule.Refused, Transcript.Refused, true)]
    [InlineData(ConnectionRule.Refused, "no answer within 5 s", false)]
    [InlineData(ConnectionRule.TurnedAway, Transcript.Refused, true)]
    [InlineData(ConnectionRule.TurnedAway, "no answer within 5 s", true)]
    public void No_connection_is_what_may_be_expected(ConnectionRule rule, string error, bool fits) =>
        Assert.Equal(fits, Compare(rule, StreamTranscript.NotConnected, error).Count == 0);

    [Theory]
    [InlineData(ConnectionRule.Refused, "", StreamEnd.Fin, false)]
    [InlineData(ConnectionRule.TurnedAway, "", StreamEnd.Fin, true)]
    [InlineData(ConnectionRule.TurnedAway, "", StreamEnd.Rst, true)]
    [InlineData(ConnectionRule.TurnedAway, "", StreamEnd.Open, false)]
    [InlineData(ConnectionRule.TurnedAway, "\0", StreamEnd.Fin, false)]
    public void A_client_that_is_connected_is_turned_away_by_a_close_without_a_byte(ConnectionRule rule, string bytes, StreamEnd end, bool fits) =>
        Assert.Equal(fits, Compare(rule, Made.Seen(Made.Bytes(bytes), end), null).Count == 0);

    private static IReadOnlyList<Finding> Compare(ConnectionRule rule, StreamTranscript primary, string? error)
    {
        ExpectedStream expected = Made.Expect("") with { Connection = rule };
        return Judge.Compare(new ExpectedExchange(expected, expected with { Check = false }, []), new Transcript
        {
            Events = [],
            Primary = primary,
            Aux = StreamTranscript.NotConnected,
            StepsDoneAt = TimeSpan.Zero,
            UnmetAwaits = [],
            ConnectError = error,
            Duration = TimeSpan.Zero,
        });
    }
}
