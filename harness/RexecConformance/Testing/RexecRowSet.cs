using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Testing;

/// <summary>Rows that are asked for together: a server drives them side by side, since many only wait.</summary>
public sealed class RexecRowSet
{
    private RexecRowSet(ScenarioTree tree, Dialect dialect, IEnumerable<Variant> variants)
    {
        Tree = tree;
        Dialect = dialect;
        Rows = [.. variants.Select(variant => new RexecRow(this, variant))];
    }

    /// <summary>The rows, in the order of the scenarios.</summary>
    public IReadOnlyList<RexecRow> Rows { get; }

    internal ScenarioTree Tree { get; }

    internal Dialect Dialect { get; }

    /// <summary>The rows of a selection: what the dialect says nothing about is no row.</summary>
    /// <exception cref="RexecDataException">There is no such dialect, nothing matches, or a scenario file is wrong.</exception>
    public static RexecRowSet Of(RexecSelection selection)
    {
        ScenarioTree tree = InstalledScenarios.Tree(selection.Scenarios);
        if (!tree.Dialects.TryGetValue(selection.Dialect, out Dialect? dialect))
        {
            throw new RexecDataException($"there is no dialect '{selection.Dialect}', expected one of: {string.Join(", ", tree.Dialects.Keys)}");
        }

        (IReadOnlyList<Variant> variants, _) = selection.Filter.Apply(tree.Scenarios);
        var set = new RexecRowSet(tree, dialect, variants.Where(variant => Specifies(tree, dialect, variant.Scenario)));
        return set.Rows.Count > 0
            ? set
            : throw new RexecDataException(variants.Count == 0 ? "no scenario matches the filter" : $"the dialect {dialect.Name} says nothing about what the filter means");
    }

    /// <summary>Those of the rows that have one of these names, as a set of their own.</summary>
    public RexecRowSet Only(IReadOnlySet<string> names) =>
        new(Tree, Dialect, Rows.Where(row => names.Contains(row.Name)).Select(row => row.Variant));

    private static bool Specifies(ScenarioTree tree, Dialect dialect, Scenario scenario)
    {
        var context = new AccountContext(AccountFile.Default.With(tree.Fixtures.Accounts));
        return ExpectationResolver.Resolve(scenario, dialect, context, argumentList: int.MaxValue, split: false, out _) is not null;
    }
}
