using RexecConformance.Bytes;
using RexecConformance.Requirements;
using RexecConformance.Yaml;

namespace RexecConformance.Scenarios;

/// <summary>Mistakes that show only across files: ids twice, links that lead nowhere, requirements without a scenario.</summary>
internal static class TreeChecks
{
    public static void Check(ScenarioTree tree, IReadOnlySet<string> accountKeys, List<Problem> problems, bool whole = true)
    {
        void Report(string file, string text, long line = 1) => problems.Add(new Problem(file, line, 1, text));

        foreach (IGrouping<string, Scenario> same in tree.Scenarios.GroupBy(s => s.Id).Where(group => group.Count() > 1))
        {
            foreach (Scenario scenario in same.Skip(1))
            {
                Report(scenario.File, $"the id '{same.Key}' is taken by {same.First().File}");
            }
        }

        var ids = tree.Scenarios.Select(s => s.Id).ToHashSet();
        foreach (Scenario scenario in tree.Scenarios)
        {
            foreach (string requirement in scenario.Requires.Where(id => !tree.Requirements.ContainsKey(id)))
            {
                Report(scenario.File, $"'requires' names '{requirement}', which is not in requirements.yaml");
            }

            foreach (string other in scenario.DependsOn.Where(id => !ids.Contains(id)))
            {
                Report(scenario.File, $"'depends-on' names '{other}', which is no scenario");
            }

            foreach (string dialect in (scenario.Captured?.Dialects ?? [])
                .Concat((scenario.Fuzzed?.Observed ?? []).Select(reply => reply.Dialect))
                .Concat(scenario.Expect.SelectMany(a => a.When).Where(c => c.Property == Condition.DialectName).SelectMany(c => c.Values))
                .Where(name => !tree.Dialects.ContainsKey(name)).Distinct())
            {
                Report(scenario.File, $"there is no dialect '{dialect}'");
            }

            foreach (string account in Accounts(scenario).Where(key => !accountKeys.Contains(key)).Distinct())
            {
                Report(scenario.File, $"names the account '{account}', which is not in docker/accounts.yaml, nor in an accounts.yaml of the scenarios");
            }

            if (DependsOnItself(tree, scenario))
            {
                Report(scenario.File, "'depends-on' leads back to this scenario");
            }
        }

        if (!whole)
        {
            return;
        }

        var proved = tree.Scenarios.SelectMany(s => s.Requires).ToHashSet();
        foreach (Requirement requirement in tree.Requirements.Values)
        {
            if (requirement.NotTested is null && !proved.Contains(requirement.Id))
            {
                Report(requirement.File, $"the requirement '{requirement.Id}' has no scenario and no 'not-tested' reason", requirement.Line);
            }
            else if (requirement.NotTested is not null && proved.Contains(requirement.Id))
            {
                Report(requirement.File, $"the requirement '{requirement.Id}' is listed as not tested, but a scenario names it", requirement.Line);
            }
        }
    }

    private static IEnumerable<string> Accounts(Scenario scenario)
    {
        IEnumerable<ByteTemplate?> expected = scenario.Expect.SelectMany(a => new[]
        {
            a.Accepted?.Stdout, a.Accepted?.Stderr, a.Primary?.Bytes, a.Aux?.Bytes, a.Primary?.Beginning, a.Aux?.Beginning,
            a.Primary?.Endless, a.Aux?.Endless,
        });
        return scenario.Accounts.Concat(expected.OfType<ByteTemplate>().SelectMany(bytes => bytes.Accounts));
    }

    private static bool DependsOnItself(ScenarioTree tree, Scenario scenario)
    {
        ILookup<string, Scenario> byId = tree.Scenarios.ToLookup(s => s.Id);
        var seen = new HashSet<string>();
        var open = new Stack<string>(scenario.DependsOn);
        while (open.TryPop(out string? id))
        {
            if (id == scenario.Id)
            {
                return true;
            }

            if (seen.Add(id))
            {
                foreach (string next in byId[id].SelectMany(s => s.DependsOn))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }
}
