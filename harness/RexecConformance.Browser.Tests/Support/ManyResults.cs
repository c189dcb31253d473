using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Browser.Tests.Support;

/// <summary>A run of thousands of results that are as different as those of a real one: times, replies, findings, output of kilobytes.</summary>
internal static class ManyResults
{
    /// <summary>So many variants on so many targets; every fifth result of one target is red.</summary>
    public static ReportedRun Of(int variants, int targets)
    {
        string output = string.Concat(Enumerable.Range(1, 2000).Select(i => $"{i}\n"));
        return Runs.Of([.. Enumerable.Range(0, targets).Select(target => new ReportedTarget
        {
            Target = $"reference:dialect{target}",
            Dialect = $"dialect{target}",
            Cases = [.. Enumerable.Range(0, variants).Select(i => Case(i, target, output))],
        })]);
    }

    private static ReportedCase Case(int i, int target, string output)
    {
        bool red = target == 1 && i % 5 == 0;
        string expected = i % 50 == 0 ? "\0" + output : $"\u0001diagnostic {i % 40} of dialect {target % 4}\n";
        ReportedCase one = Runs.Case($"scenario-about-something-{i / 3}", i % 3 == 0 ? "whole" : i % 3 == 1 ? "per-field" : "per-byte", $"What the server does in case {i / 3}",
            red ? Verdict.Fail : i % 17 == 0 ? Verdict.Unspecified : Verdict.Pass, red ? $"\0out {i}\n" : expected, expected, number: (i * 31) + target,
            reason: red ? $"primary: at offset 0 expected 01, received 00 ({i})" : i % 17 == 0 ? "the dialect says nothing about it" : "");
        return one with
        {
            Target = $"reference:dialect{target}",
            Dialect = $"dialect{target}",
            Topic = $"topic-{i % 12}",
            Tags = [$"tag-{i % 25}", "all"],
            Reproduce = $"rexec-conformance run --target reference:dialect{target} --id '{one.Name}'",
            Findings = red ? [new Finding(FindingKind.Bytes, RexecConformance.Transcripts.StreamName.Primary, $"primary: at offset 0 expected 01, received 00 ({i})", 0)] : [],
        };
    }
}
