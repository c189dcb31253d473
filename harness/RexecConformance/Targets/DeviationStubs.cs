using System.Globalization;
using RexecConformance.Baselines;
using RexecConformance.Bytes;
using RexecConformance.Judging;
using RexecConformance.Running;

namespace RexecConformance.Targets;

/// <summary>Writes entries for what fails, all fields filled in but the reason: that is for a person to find out.</summary>
public static class DeviationStubs
{
    private const int MaxBytes = 512;

    /// <summary>Writes a whole file.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">A run; its failures are listed.</param>
    /// <param name="today">The day: <c>since</c> is today, <c>review-by</c> a year later.</param>
    public static int Write(TextWriter output, TargetResult result, DateOnly today)
    {
        output.Write("format: 1\ndeviations:\n");
        int count = 0;
        foreach (IGrouping<string, VariantResult> scenario in result.Results
            .Where(r => r.Verdict is Verdict.Fail or Verdict.Blocked && r.Exchanges.Count > 0).GroupBy(r => r.Variant.Scenario.Id))
        {
            // All segmentations alike are one entry.
            List<(VariantResult Result, string Observed)> stubs = [.. scenario.Select(r => (r, Observed(r)))];
            bool all = stubs.Count == stubs[0].Result.Variant.Scenario.Fragments.Count && stubs.All(s => s.Observed == stubs[0].Observed);
            foreach ((VariantResult one, string observed) in all ? stubs.Take(1) : stubs)
            {
                count++;
                output.Write($"  - scenario: \"{(all ? scenario.Key : one.Variant.Name)}\"\n    observed:\n{observed}    reason: \"\"\n    link: \"\"\n");
                output.Write(string.Create(CultureInfo.InvariantCulture, $"    since: \"{today:yyyy-MM-dd}\"\n    review-by: {today.AddYears(1):yyyy-MM-dd}\n"));
            }
        }

        if (count == 0)
        {
            output.Write("  []\n");
        }

        return count;
    }

    private static string Observed(VariantResult result)
    {
        JudgedExchange exchange = result.Exchanges.FirstOrDefault(e => Judge.Compare(e.Expected, e.Transcript).Count > 0) ?? result.Exchanges[0];
        return Stream("primary", RecordedStream.Of(exchange.Expected.Primary, exchange.Transcript.Primary, exchange.Transcript.StepsDoneAt))
            + Stream("aux", RecordedStream.Of(exchange.Expected.Aux, exchange.Transcript.Aux, exchange.Transcript.StepsDoneAt));
    }

    private static string Stream(string name, RecordedStream stream)
    {
        if (stream.Unjudged)
        {
            return "";
        }

        if (!stream.Connected)
        {
            return $"      {name}: {{ connected: false }}\n";
        }

        string bytes = stream.Bytes.Length <= MaxBytes ? $"bytes: \"{ByteText.Escape(stream.Bytes)}\"" : $"pattern: \"(?s).{{{stream.Bytes.Length}}}\"";
        return $"      {name}: {{ {bytes}{(stream.End == RecordedEnd.Left ? "" : $", end: {stream.End.ToString().ToLowerInvariant()}")} }}\n";
    }
}
