using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>What an explanation is to show.</summary>
public sealed record ExplanationOptions
{
    /// <summary>Only this dialect; null is all.</summary>
    public string? Dialect { get; init; }

    /// <summary>Bytes as hexadecimal digits in place of text.</summary>
    public bool Hex { get; init; }

    /// <summary>Only this segmentation, with its segments; null is all.</summary>
    public Fragmentation? Segmentation { get; init; }
}
