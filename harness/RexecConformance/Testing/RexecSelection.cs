using RexecConformance.Scenarios;

namespace RexecConformance.Testing;

/// <summary>Which rows a test asks for: one for each variant that a dialect specifies and the filter means.</summary>
/// <param name="Dialect">The dialect to judge by, as <c>debian</c> (<c>rexec-conformance dialects</c> lists them).</param>
public sealed record RexecSelection(string Dialect)
{
    /// <summary>Only scenarios whose id matches, or variants <c>ID#SEGMENTATION</c>; * and ? as in file names. Empty means all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only scenarios with any of these tags. Empty means all.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only scenarios of these levels. Empty means all.</summary>
    public IReadOnlyList<Level> Levels { get; init; } = [];

    /// <summary>Whether cases of many seconds are meant too; one that is named by id or by the tag <c>slow</c> always is.</summary>
    public bool Slow { get; init; }

    /// <summary>A folder of scenarios in place of the suite's own; one that holds <c>cases/</c> alone borrows the suite's dialects.</summary>
    public string? Scenarios { get; init; }

    internal ScenarioFilter Filter => new(Ids, Tags, Levels, Slow);
}
