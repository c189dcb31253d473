using RexecConformance.Requirements;
using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>Tables of scenarios and of requirements.</summary>
public static class ScenarioListing
{
    /// <summary>Writes one line for each scenario: id, level, number of variants, tags, title.</summary>
    public static void Write(TextWriter output, IEnumerable<Scenario> scenarios)
    {
        List<string[]> rows = [["id", "level", "variants", "tags", "title"]];
        rows.AddRange(scenarios.OrderBy(s => s.Id, StringComparer.Ordinal).Select(scenario => (string[])
        [
            scenario.Id,
            scenario.Level.ToString().ToLowerInvariant(),
            $"{scenario.Fragments.Count}",
            string.Join(',', scenario.Tags),
            scenario.Title,
        ]));
        TextTable.Write(output, rows, right: 2);
    }

    /// <summary>
    /// Writes one line for each requirement: id, level, scenarios, what each system has of them, places, and why it is not tested.
    /// </summary>
    public static void WriteRequirements(TextWriter output, ScenarioTree tree)
    {
        ILookup<string, Scenario> proofs = tree.Scenarios
            .SelectMany(scenario => scenario.Requires.Select(id => (id, scenario)))
            .ToLookup(pair => pair.id, pair => pair.scenario);
        List<string[]> rows = [["id", "level", "scenarios", "systems", "place"]];
        foreach (Requirement requirement in tree.Requirements.Values.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            string places = string.Join("; ", requirement.Sources.Select(source => $"{source.Document}, {source.Place}"));
            rows.Add(
            [
                requirement.Id,
                requirement.Level,
                requirement.NotTested is null ? $"{proofs[requirement.Id].Count()}" : "-",
                string.Join(' ', RequirementCoverage.Of(requirement, tree).Select(c =>
                    c.NotTested is not null ? $"{c.System}:-" : tree.Dialects.ContainsKey(c.System) ? $"{c.System}:{c.Scenarios}" : c.System)),
                places + (requirement.NotTested is null ? "" : $"; not tested: {requirement.NotTested}")
                    + string.Concat(requirement.NotTestedFor.Select(pair => $"; not tested for {pair.Key}: {pair.Value}")),
            ]);
        }

        TextTable.Write(output, rows, right: 2);
    }
}
