using System.IO.Enumeration;

namespace RexecConformance.Targets;

/// <summary>A known difference of one target from its dialect: an expected failure.</summary>
/// <param name="Scenario">The scenario's id, or an id with <c>#SEGMENTATION</c>; <c>*</c> and <c>?</c> stand for any text or character.</param>
/// <param name="Reason">Why it is so; never empty.</param>
public sealed record Deviation(string Scenario, string Reason)
{
    /// <summary>What comes instead; null if the list does not say, then any failure is the expected one.</summary>
    public ObservedExchange? Observed { get; init; }

    /// <summary>Where it can be read up, or null.</summary>
    public string? Link { get; init; }

    /// <summary>The version or the date from which on it is so.</summary>
    public string? Since { get; init; }

    /// <summary>The day on which somebody should look whether it is still so.</summary>
    public DateOnly? ReviewBy { get; init; }

    /// <summary>Whether it is about this variant.</summary>
    public bool Covers(Scenarios.Variant variant) =>
        FileSystemName.MatchesSimpleExpression(Scenario, Scenario.Contains('#') ? variant.Name : variant.Scenario.Id, ignoreCase: false);
}
