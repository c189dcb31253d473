using RexecConformance.Baselines;
using RexecConformance.Judging;
using RexecConformance.Running;

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
}
