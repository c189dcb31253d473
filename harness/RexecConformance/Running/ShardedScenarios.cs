using RexecConformance.Scenarios;

namespace RexecConformance.Running;

/// <summary>
/// Which scenarios are in a part of a run. Those that <c>depends-on</c> ties together are in the same part, so that a
/// cause and what it blocks are judged by the same process; which part that is does not depend on the filter.
/// </summary>
public sealed class ShardedScenarios
{
    private readonly Dictionary<string, string> _keys = [];

    /// <summary>Finds what is tied together.</summary>
    /// <param name="shard">The part.</param>
    /// <param name="all">All scenarios of the tree, not only those that are meant to be driven.</param>
    public ShardedScenarios(Shard shard, IEnumerable<Scenario> all)
    {
        Shard = shard;
        List<Scenario> scenarios = [.. all];
        foreach (Scenario scenario in scenarios)
        {
            _keys[scenario.Id] = scenario.Id;
        }

        foreach (Scenario scenario in scenarios)
        {
            foreach (string cause in scenario.DependsOn)
            {
                Join(scenario.Id, cause);
            }
        }
    }

    /// <summary>The part.</summary>
    public Shard Shard { get; }

    /// <summary>Whether a scenario is in this part.</summary>
    public bool Holds(Scenario scenario) => Shard.Has(Key(scenario.Id));

    /// <summary>What a scenario is sorted into parts by: the first id, in ordinal order, of those that are tied to it.</summary>
    public string Key(string id)
    {
        while (_keys.TryGetValue(id, out string? next) && next != id)
        {
            id = next;
        }

        return id;
    }

    private void Join(string one, string other)
    {
        (string a, string b) = (Key(one), Key(other));
        (string first, string second) = string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
        _keys[second] = first;
        _ = _keys.TryAdd(first, first);
    }
}
