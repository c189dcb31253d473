using System.IO.Enumeration;

namespace RexecConformance.Targets;

/// <summary>A known difference of one target from its dialect: an expected failure.</summary>
/// <param name="Scenario">The scenario's id, or an id with <c>#SEGMENTATION</c>; <c>*</c> and <c>?</c> stand for any text or character.</param>
/// <param name="Reason">Why it is so; never empty.</param>
public sealed record Deviation(string Scenario, string Reason)
{
    /// <summary>Whether it is about this variant.</summary>
    public bool Covers(Scenarios.Variant variant) =>
        FileSystemName.MatchesSimpleExpression(Scenario, Scenario.Contains('#') ? variant.Name : variant.Scenario.Id, ignoreCase: false);
}
