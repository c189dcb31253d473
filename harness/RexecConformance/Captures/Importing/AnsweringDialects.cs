using RexecConformance.Accounts;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>Which dialects answer a request exactly as a captured server did.</summary>
internal static class AnsweringDialects
{
    /// <summary>Their names, in order.</summary>
    /// <param name="conversation">The captured exchange.</param>
    /// <param name="elsewhere">The case with what dialects say of it in general.</param>
    /// <param name="dialects">Those to ask.</param>
    /// <param name="accounts">What fills in the places.</param>
    public static IReadOnlyList<string> Of(Conversation conversation, Scenario elsewhere, IEnumerable<Dialect> dialects, AccountFile accounts) =>
        [.. dialects.Where(dialect => Fits(conversation, elsewhere, dialect, accounts)).Select(dialect => dialect.Name).Order(StringComparer.Ordinal)];

    /// <summary>Where no more is known than the stream that the status byte came on: the dialects that send it there.</summary>
    public static IReadOnlyList<string> ByStatus(Conversation conversation, IEnumerable<Dialect> dialects) =>
        conversation.StatusStream is { } stream && conversation.AuxOutcome == AuxOutcome.Connected
            ? [.. dialects.Where(dialect => dialect.Properties.TryGetValue("status-stream", out DialectProperty? status)
                && status.Value == (stream == StreamName.Aux ? "stderr" : "primary")).Select(dialect => dialect.Name).Order(StringComparer.Ordinal)]
            : [];

    private static bool Fits(Conversation conversation, Scenario scenario, Dialect dialect, AccountFile accounts)
    {
        ExpectedExchange? expected = ExpectationResolver.Resolve(scenario, dialect, new AccountContext(accounts), null, split: true, out _);
        if (expected is null || expected.NeverAnswers)
        {
            return false;
        }

        bool connected = conversation.AuxOutcome == AuxOutcome.Connected;
        return (!expected.Aux.Check || conversation.AuxOutcome is AuxOutcome.NotInFile || expected.Aux.Connected == connected)
            && Fits(conversation, StreamName.Primary, expected.Primary)
            && (!connected || Fits(conversation, StreamName.Aux, expected.Aux));
    }

    private static bool Fits(Conversation conversation, StreamName stream, ExpectedStream expected)
    {
        TcpDirection server = conversation.Sent(Side.Server, stream)!;
        byte[] bytes = server.Prefix.ToArray();
        bool end = (expected.End, server.End) switch
        {
            (EndRule.Fin, EndOfStream.Fin) or (EndRule.Rst, EndOfStream.Rst) or (EndRule.Closed, EndOfStream.Fin or EndOfStream.Rst) => true,
            _ => Replay.EndComparison.BytesUnderWay(conversation, stream),
        };
        return end && expected.Content.Matches(bytes) && (expected.NotBefore is not { } notBefore || Took(conversation, server) >= notBefore);
    }

    private static TimeSpan Took(Conversation conversation, TcpDirection server)
    {
        long last = conversation.Sent(Side.Client, StreamName.Primary)!.Pieces.Select(piece => piece.Mark.Nanoseconds).DefaultIfEmpty().Max();
        return TimeSpan.FromMicroseconds(((server.EndMark?.Nanoseconds ?? last) - last) / 1000);
    }
}
