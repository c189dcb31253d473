using RexecConformance.Scenarios;

namespace RexecConformance.Testing;

/// <summary>One row of a test: a variant and the dialect that it is judged by.</summary>
public sealed class RexecRow
{
    internal RexecRow(RexecRowSet set, Variant variant)
    {
        Set = set;
        Variant = variant;
    }

    /// <summary><c>ID#SEGMENTATION</c>.</summary>
    public string Name => Variant.Name;

    /// <summary>The scenario's title.</summary>
    public string Title => Variant.Scenario.Title;

    /// <summary>The dialect that it is judged by.</summary>
    public string Dialect => Set.Dialect.Name;

    /// <summary>How strong the demand is.</summary>
    public Level Level => Variant.Scenario.Level;

    /// <summary>The scenario's tags.</summary>
    public IReadOnlyList<string> Tags => Variant.Scenario.Tags;

    /// <summary>The rows that are asked for together with it.</summary>
    internal RexecRowSet Set { get; }

    internal Variant Variant { get; }

    /// <inheritdoc cref="Name"/>
    public override string ToString() => Name;
}
