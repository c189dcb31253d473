using RexecConformance.Bytes;
using RexecConformance.Requirements;
using RexecConformance.Yaml;

namespace RexecConformance.Scenarios;

/// <summary>Mistakes that show only across files: ids twice, links that lead nowhere, requirements without a scenario.</summary>
internal static class TreeChecks
{
    public static void Check(ScenarioTree tree, IReadOnlySet<string> accountKeys, List<Problem> problems, bool whole = true)
    {
        void Report(string file, string text, long line) => problems.Add(new Problem(file, line, 1, text) { Placed = true });
        void At(Scenario scenario, string key, string? value, string text) => problems.Add(YamlPlace.At(scenario.File, key, value, text));

        foreach (IGrouping<string, Scenario> same in tree.Scenarios.GroupBy(s => s.Id).Where(group => group.Count() > 1))
        {
            foreach (Scenario scenario in same.Skip(1))
            {
                At(scenario, "id", null, $"the id '{same.Key}' is taken by {same.First().File}");
            }
        }

        var ids = tree.Scenarios.Select(s => s.Id).ToHashSet();
        foreach (Scenario scenario in tree.Scenarios)
        {
            foreach (string requirement in scenario.Requires.Where(id => !tree.Requirements.ContainsKey(id)))
            {
                At(scenario, "requires", requirement, $"'requires' names '{requirement}', which is not in requirements.yaml{Nearest.Remark(requirement, tree.Requirements.Keys)}");
            }

            foreach (string other in scenario.DependsOn.Where(id => !ids.Contains(id)))
            {
                At(scenario, "depends-on", other, $"'depends-on' names '{other}', which is no scenario{Nearest.Remark(other, ids)}");
            }

            foreach (string dialect in (scenario.Captured?.Dialects ?? [])
                .Concat((scenario.Fuzzed?.Observed ?? []).Select(reply => reply.Dialect))
                .Concat(scenario.Basis.Select(entry => entry.Dialect).OfType<string>())
                .Concat(scenario.Expect.SelectMany(a => a.When).Where(c => c.Property == Condition.DialectName).SelectMany(c => c.Values))
                .Where(name => !tree.Dialects.ContainsKey(name)).Distinct())
            {
                At(scenario, PlaceOf(scenario, dialect), dialect, $"there is no dialect '{dialect}'{Nearest.Remark(dialect, tree.Dialects.Keys)}");
            }

            foreach (string account in Accounts(scenario).Where(key => !accountKeys.Contains(key)).Distinct())
            {
                string key = scenario.Accounts.Contains(account) ? "send" : "expect";
                At(scenario, key, "${" + account + ".", $"names the account '{account}', which is not in docker/accounts.yaml, nor in an accounts.yaml of the scenarios{Nearest.Remark(account, accountKeys)}");
            }

            if (DependsOnItself(tree, scenario))
            {
                At(scenario, "depends-on", null, "'depends-on' leads back to this scenario");
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

    private static string PlaceOf(Scenario scenario, string dialect) =>
        scenario.Captured?.Dialects.Contains(dialect) == true ? "captured"
        : scenario.Fuzzed?.Observed.Any(reply => reply.Dialect == dialect) == true ? "fuzzed"
        : scenario.Basis.Any(entry => entry.Dialect == dialect) ? "basis"
        : "expect";

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
