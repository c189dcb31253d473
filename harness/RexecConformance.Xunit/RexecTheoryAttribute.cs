using RexecConformance.Scenarios;
using Xunit;
using Xunit.Sdk;

namespace RexecConformance.Xunit;

/// <summary>
/// Marks a method with one parameter, a <see cref="Testing.RexecRow"/>: it becomes a test for each variant that a dialect
/// specifies, named <c>ID#SEGMENTATION</c>. Traits: <c>Level</c>, and <c>Tag</c> for each tag.
/// </summary>
/// <param name="dialect">The dialect to judge by, as <c>debian</c>.</param>
[XunitTestCaseDiscoverer("RexecConformance.Xunit.RexecTheoryDiscoverer", "RexecConformance.Xunit")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class RexecTheoryAttribute(string dialect) : FactAttribute
{
    /// <summary>The dialect to judge by.</summary>
    public string Dialect => dialect;

    /// <summary>Only scenarios whose id matches, or variants <c>ID#SEGMENTATION</c>; * and ? as in file names.</summary>
    public string[] Ids { get; set; } = [];

    /// <summary>Only scenarios with any of these tags.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Only scenarios of these levels.</summary>
    public Level[] Levels { get; set; } = [];

    /// <summary>Whether cases of many seconds are meant too.</summary>
    public bool Slow { get; set; }

    /// <summary>A folder of scenarios in place of the suite's own.</summary>
    public string? Scenarios { get; set; }
}
