using System.Globalization;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>The words of all reports for verdicts, ends and times.</summary>
internal static class Words
{
    /// <summary>All verdicts in the order in which they are counted.</summary>
    public static IReadOnlyList<Verdict> Verdicts { get; } = Enum.GetValues<Verdict>();

    public static string Of(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    public static string Of(StreamName stream) => stream.ToString().ToLowerInvariant();

    public static string Of(EndRule end) => end switch
    {
        EndRule.Fin => "an orderly close (FIN)",
        EndRule.Rst => "a reset (RST)",
        EndRule.Open => "to stay open",
        EndRule.Unread => "a close as for unread input",
        _ => "a close (FIN or RST)",
    };

    public static string Of(StreamEnd end) => end switch
    {
        StreamEnd.Fin => "closed in order (FIN)",
        StreamEnd.Rst => "reset (RST)",
        StreamEnd.Left => "left by the client first",
        _ => "still open",
    };

    /// <summary>One word for "right text, but ...".</summary>
    public static string Short(StreamEnd end) => end switch
    {
        StreamEnd.Fin => "closed",
        StreamEnd.Rst => "reset",
        StreamEnd.Left => "left by the client first",
        _ => "still open",
    };

    /// <summary>With a point, whatever the culture of a process that uses this library.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");

    public static string Count(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";

    /// <summary>The times in which a stream may end, counted from the last step; empty if nothing is stated.</summary>
    public static string Bounds(ExpectedStream expected) => Bounds(expected.Endless is not null, expected.OpenFor, expected.NotBefore, expected.Within);

    /// <summary>The same.</summary>
    public static string Bounds(ReportedExpectation expected) => Bounds(expected.Endless, expected.OpenFor, expected.NotBefore, expected.Within);

    private static string Bounds(bool endless, TimeSpan? openFor, TimeSpan? notBefore, TimeSpan? within) =>
        (endless ? ", the bytes over and over" : openFor is { } open ? $" for {Seconds(open)}" : "")
        + (notBefore is { } early ? $", not before {Seconds(early)}" : "")
        + (within is { } late ? $", within {Seconds(late)}" : "");
}
