using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results;

/// <summary>The outcome of one variant on one target, as every report tells it. Passwords are hidden already.</summary>
public sealed record ReportedCase
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The dialect that it was judged by.</summary>
    public required string Dialect { get; init; }

    /// <summary>The variant's place, from 0, among all that the filter let through (and no shard took away).</summary>
    public required int Place { get; init; }

    /// <summary>The scenario.</summary>
    public required string Id { get; init; }

    /// <summary>Its segmentation.</summary>
    public required string Segmentation { get; init; }

    /// <summary><c>ID#SEGMENTATION</c>.</summary>
    public string Name => $"{Id}#{Segmentation}";

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>How strong the demand is.</summary>
    public required Level Level { get; init; }

    /// <summary>The folder of the scenario below <c>cases/</c>, with dots; <c>cases</c> where it is in none.</summary>
    public required string Topic { get; init; }

    /// <summary>The scenario's file as seen from the folder that the command was started in, with <c>/</c>; null where it is not below that.</summary>
    public string? File { get; init; }

    /// <summary>Words to filter by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one line; empty for a pass.</summary>
    public required string Reason { get; init; }

    /// <summary>True if waiting is part of it.</summary>
    public bool Timed { get; init; }

    /// <summary>Ids of the requirements behind it: those of the dialect, or all where none is said to be that dialect's.</summary>
    public required IReadOnlyList<string> Requires { get; init; }

    /// <summary>The evidence for each attribute of the expectation.</summary>
    public IReadOnlyList<BasisLine> Basis { get; init; } = [];

    /// <summary>What was not as expected.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What had to come on the primary connection; null if it was not driven.</summary>
    public ReportedExpectation? ExpectedPrimary { get; init; }

    /// <summary>What had to come on the auxiliary connection; null if it was not driven.</summary>
    public ReportedExpectation? ExpectedAux { get; init; }

    /// <summary>What was done and what came; null if it was not driven. Of several sessions the one that decided.</summary>
    public ReportedExchange? Exchange { get; init; }

    /// <summary>The command that drives it again.</summary>
    public required string Reproduce { get; init; }

    /// <summary>The full path of its capture, or null.</summary>
    public string? Capture { get; init; }

    /// <summary>True for the verdicts that make a run red.</summary>
    public bool IsRed => Verdict is Verdict.Fail or Verdict.Xpass or Verdict.Error;

    /// <summary>What had to come on a stream; null if it was not driven.</summary>
    public ReportedExpectation? Expected(StreamName name) => name == StreamName.Primary ? ExpectedPrimary : ExpectedAux;

    /// <summary>Whether a stream's bytes were found wrong.</summary>
    public bool HasWrongBytes(StreamName name) => Findings.Any(finding => finding.Stream == name && finding.Kind == FindingKind.Bytes);
}
