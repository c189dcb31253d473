using RexecConformance.Bytes;
using RexecConformance.Wire;

namespace RexecConformance.Scenarios;

/// <summary>A scenario with one segmentation.</summary>
public sealed record Variant(Scenario Scenario, Fragmentation Fragmentation)
{
    /// <summary><c>ID#SEGMENTATION</c>: what the filters and the reproducing command name.</summary>
    public string Name => $"{Scenario.Id}#{Fragmentation.Name}";

    /// <summary>All variants of a scenario.</summary>
    public static IEnumerable<Variant> Of(Scenario scenario) => scenario.Fragments.Select(f => new Variant(scenario, f));

    /// <summary>What the client does, with all places filled in and the bytes cut into segments.</summary>
    /// <exception cref="KeyNotFoundException">The target lacks an account.</exception>
    public IReadOnlyList<WireStep> Expand(IByteContext context) => SendExpansion.Expand(Scenario.Send, Fragmentation, context);
}
