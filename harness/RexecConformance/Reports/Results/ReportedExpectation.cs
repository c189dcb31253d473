using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports.Results;

/// <summary>What had to come on one stream.</summary>
public sealed record ReportedExpectation
{
    /// <summary>False: not judged.</summary>
    public required bool Check { get; init; }

    /// <summary>Whether the connection must be there.</summary>
    public required bool Connected { get; init; }

    /// <summary>Bytes, and places where only a form is stated, in order.</summary>
    public IReadOnlyList<ReportedPart> Parts { get; init; } = [];

    /// <summary>How it ends.</summary>
    public required EndRule End { get; init; }

    /// <summary>True if the bytes come over and over, without an end.</summary>
    public bool Endless { get; init; }

    /// <summary>How long it stays open, for <see cref="EndRule.Open"/>.</summary>
    public TimeSpan? OpenFor { get; init; }

    /// <summary>The end comes no earlier, counted from the last step.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>The end comes no later, counted from the last step.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>All bytes, where every byte is stated; else null.</summary>
    public ReportedBytes? Literal => Parts switch
    {
        [] => ReportedBytes.None,
        [{ Bytes: { } only }] => only,
        _ => null,
    };
}

/// <summary>Bytes, or a form of bytes.</summary>
/// <param name="Bytes">The bytes, or null.</param>
/// <param name="Pattern">The regular expression over the bytes as Latin-1 text, or null.</param>
public sealed record ReportedPart(ReportedBytes? Bytes, string? Pattern);
