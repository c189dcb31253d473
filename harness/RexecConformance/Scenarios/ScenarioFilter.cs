using System.IO.Enumeration;

namespace RexecConformance.Scenarios;

/// <summary>Which variants are meant.</summary>
/// <param name="Ids">Globs over <c>ID</c> or <c>ID#SEGMENTATION</c>; empty means all.</param>
/// <param name="Tags">Any of these tags; empty means all.</param>
/// <param name="Levels">Any of these levels; empty means all.</param>
/// <param name="Slow">Whether cases of many seconds are meant too; one that is named by id or tag always is.</param>
internal sealed record ScenarioFilter(
    IReadOnlyList<string> Ids, IReadOnlyList<string> Tags, IReadOnlyList<Level> Levels, bool Slow)
{
    /// <summary>The variants that are meant, and how many were left out only because they are slow.</summary>
    public (IReadOnlyList<Variant> Variants, int SlowLeftOut) Apply(IEnumerable<Scenario> scenarios)
    {
        List<Variant> meant = [.. scenarios.SelectMany(Variant.Of).Where(Means)];
        bool wantsSlow = Slow || Ids.Any(id => !id.Contains('*')) || Tags.Contains("slow");
        List<Variant> kept = wantsSlow ? meant : [.. meant.Where(v => !v.Scenario.Tags.Contains("slow"))];
        return (kept, meant.Count - kept.Count);
    }

    private bool Means(Variant variant) =>
        (Ids.Count == 0 || Ids.Any(glob => FileSystemName.MatchesSimpleExpression(
            glob, glob.Contains('#') ? variant.Name : variant.Scenario.Id, ignoreCase: false)))
        && (Tags.Count == 0 || Tags.Any(variant.Scenario.Tags.Contains))
        && (Levels.Count == 0 || Levels.Contains(variant.Scenario.Level));
}
