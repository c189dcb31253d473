using RexecConformance.Reports;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;

namespace RexecConformance.Running;

/// <summary>One session of a variant.</summary>
/// <param name="Expected">What was expected.</param>
/// <param name="Transcript">What came.</param>
public sealed record JudgedExchange(ExpectedExchange Expected, Transcript Transcript);

/// <summary>The outcome of one variant on one target.</summary>
public sealed record VariantResult
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The dialect that it was judged by.</summary>
    public required string Dialect { get; init; }

    /// <summary>The case.</summary>
    public required Variant Variant { get; init; }

    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one line; empty for a pass.</summary>
    public required string Reason { get; init; }

    /// <summary>What was not as expected.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was expected, or null if it was not driven.</summary>
    public ExpectedExchange? Expected { get; init; }

    /// <summary>What came, or null if it was not driven.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>All sessions of the variant, each with what was expected of it; empty if it was not driven.</summary>
    public IReadOnlyList<JudgedExchange> Exchanges { get; init; } = [];

    /// <summary>True if the request was sent in more than one fragment.</summary>
    public bool Split { get; init; }

    /// <summary>True if the variant has waiting in it; it does not count for the speed figure.</summary>
    public bool Timed { get; init; }

    /// <summary>True for the verdicts that make a run red.</summary>
    public bool IsRed => Verdict is Verdict.Fail or Verdict.Xpass or Verdict.Error;

    /// <summary>The command that drives this variant again.</summary>
    public string Reproduce =>
        $"rexec-conformance run --target {ShellWord.Quote(Target)}{(Target == "reference:" + Dialect ? "" : " --dialect " + Dialect)}{(Variant.Scenario.Folder is { } folder ? " --scenarios " + ShellWord.Quote(folder) : "")} --id '{Variant.Name}'";
}

/// <summary>The outcome of a whole run on one target.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Dialect">The dialect that it was judged by.</param>
/// <param name="Results">In the order of the scenarios; variants that were not driven because the target went away are absent.</param>
/// <param name="Failure">Why the target could not be judged to the end (one line), or null.</param>
/// <param name="TimelessMilliseconds">Wall time for all variants without waiting in them.</param>
/// <param name="Timeless">How many those were.</param>
public sealed record TargetResult(
    string Target,
    string Dialect,
    IReadOnlyList<VariantResult> Results,
    string? Failure,
    double TimelessMilliseconds,
    int Timeless)
{
    /// <summary>Dialects that a red target fits better than the one it was judged by, the best first.</summary>
    public IReadOnlyList<DialectGuess> Guesses { get; init; } = [];

    /// <summary>Of a shard: how well it fits each other dialect, so that the guesses of the whole run can be made; else empty.</summary>
    public IReadOnlyList<DialectGuess> Fits { get; init; } = [];

    /// <summary>How many variants had this verdict.</summary>
    public int Count(Verdict verdict) => Results.Count(result => result.Verdict == verdict);
}
