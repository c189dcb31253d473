using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Requirements;

/// <summary>How many scenarios prove a requirement for one of its systems.</summary>
/// <param name="System">The system's name; a dialect's name if the suite has a dialect of it.</param>
/// <param name="Scenarios">
/// Scenarios that name the requirement and about which the dialect says something; of a system without a dialect all that name it.
/// </param>
/// <param name="NotTested">Why there is none, or null.</param>
public sealed record SystemCoverage(string System, int Scenarios, string? NotTested);

/// <summary>Which requirements the scenarios prove, system by system.</summary>
public static class RequirementCoverage
{
    /// <summary>One entry for each system of a requirement.</summary>
    public static IReadOnlyList<SystemCoverage> Of(Requirement requirement, ScenarioTree tree)
    {
        List<Scenario> proofs = [.. tree.Scenarios.Where(scenario => scenario.Requires.Contains(requirement.Id))];
        return [.. requirement.Systems.Select(system => new SystemCoverage(
            system,
            tree.Dialects.TryGetValue(system, out Dialect? dialect) ? proofs.Count(scenario => Says(dialect, scenario)) : proofs.Count,
            requirement.NotTested ?? requirement.NotTestedFor.GetValueOrDefault(system)))];
    }

    /// <summary>Reports each system of a requirement that has neither a scenario nor a reason, or both.</summary>
    internal static void Check(ScenarioTree tree, List<Problem> problems)
    {
        foreach (Requirement requirement in tree.Requirements.Values)
        {
            foreach (string system in requirement.NotTestedFor.Keys.Where(system => !requirement.Systems.Contains(system)))
            {
                Report($"'not-tested-for' names '{system}', which is not among the systems of '{requirement.Id}'");
            }

            foreach (SystemCoverage coverage in Of(requirement, tree).Where(c => tree.Dialects.ContainsKey(c.System)))
            {
                if (coverage is { Scenarios: 0, NotTested: null })
                {
                    Report($"the requirement '{requirement.Id}' holds for {coverage.System}, but no scenario that names it says anything for that dialect");
                }
                else if (coverage.Scenarios > 0 && requirement.NotTestedFor.ContainsKey(coverage.System))
                {
                    Report($"the requirement '{requirement.Id}' is listed as not tested for {coverage.System}, but scenarios test it");
                }
            }

            void Report(string text) => problems.Add(new Problem(requirement.File, requirement.Line, 1, text) { Placed = true });
        }
    }

    private static bool Says(Dialect dialect, Scenario scenario)
    {
        var context = new AccountContext(AccountFile.Default);
        return ExpectationResolver.Resolve(scenario, dialect, context, context.ArgumentList, split: false, out _) is not null;
    }
}
