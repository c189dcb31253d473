using RexecConformance.Baselines;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Comparing;

/// <summary>One variant on one target.</summary>
/// <param name="Dialect">The dialect that it was judged by.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why; empty for a pass.</param>
/// <param name="Exchanges">What came; empty if it was not driven.</param>
public sealed record ComparedCell(string Dialect, Verdict Verdict, string Reason, IReadOnlyList<ComparedExchange> Exchanges)
{
    /// <summary>Whether there is something to compare.</summary>
    public bool Driven => Exchanges.Count > 0;

    /// <summary>Whether dialect and deviations predict something else.</summary>
    public bool IsRed => Verdict is Verdict.Fail or Verdict.Xpass or Verdict.Error or Verdict.Blocked;

    /// <summary>Of a run's result.</summary>
    public static ComparedCell Of(VariantResult result) => new(result.Dialect, result.Verdict, result.Reason,
    [
        .. result.Exchanges
            .Select(e => new RecordedExchange(
                RecordedStream.Of(e.Expected.Primary, e.Transcript.Primary, e.Transcript.StepsDoneAt),
                RecordedStream.Of(e.Expected.Aux, e.Transcript.Aux, e.Transcript.StepsDoneAt)) { ConnectError = e.Transcript.ConnectError })
            .Select(ComparedExchange.Of)
            .OrderBy(e => Convert.ToHexStringLower(e.Primary.Bytes), StringComparer.Ordinal),
    ]);

    /// <summary>Of a result that was read again.</summary>
    public static ComparedCell Of(ReportedCase one) => new(one.Dialect, one.Verdict, one.Reason, one.Exchange is { } exchange
        ? [new ComparedExchange(Stream(one, StreamName.Primary), Stream(one, StreamName.Aux), exchange.ConnectError)]
        : []);

    private static ComparedStream Stream(ReportedCase one, StreamName name)
    {
        ReportedStream seen = one.Exchange!.Stream(name);
        ReportedExpectation? expected = one.Expected(name);
        bool unjudged = expected is null or { Check: false };
        if (unjudged || !seen.Connected)
        {
            return new ComparedStream(false, [], RecordedEnd.Open) { Unjudged = unjudged };
        }

        bool race = expected!.End is EndRule.Closed or EndRule.Unread && seen.End is StreamEnd.Fin or StreamEnd.Rst;

        // What may follow a beginning or not is left to chance.
        byte[]? beginning = expected.Parts switch
        {
            [{ Pattern: ExpectedContent.Anything }] => [],
            [{ Bytes.Kept: { } first }, { Pattern: ExpectedContent.Anything }] when seen.Bytes.Kept.AsSpan().StartsWith(first) => first,
            _ => null,
        };
        if (beginning is not null)
        {
            return new ComparedStream(true, beginning, End(seen.End, race));
        }

        return new ComparedStream(true, seen.Bytes.Kept, End(seen.End, race)) { Digest = seen.Bytes.Sha256, Endless = expected.Endless && !one.HasWrongBytes(name) };
    }

    private static RecordedEnd End(StreamEnd end, bool race) => race ? RecordedEnd.Closed : Enum.Parse<RecordedEnd>(end.ToString());
}
