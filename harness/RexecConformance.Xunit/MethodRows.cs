using System.Collections.Concurrent;
using RexecConformance.Scenarios;
using RexecConformance.Testing;
using Xunit.Abstractions;

namespace RexecConformance.Xunit;

/// <summary>
/// The rows of a method, and which of them a runner has chosen: it brings those back from their names before it runs
/// any. They are driven together, and nothing else is sent to the server.
/// </summary>
internal sealed class MethodRows
{
    private static readonly ConcurrentDictionary<string, MethodRows> s_methods = [];

    private readonly Lock _lock = new();
    private readonly HashSet<string> _chosen = [];
    private readonly Lazy<RexecRowSet> _all;
    private Dictionary<string, RexecRow>? _running;

    private MethodRows(RexecSelection selection) => _all = new Lazy<RexecRowSet>(() => RexecRowSet.Of(selection));

    /// <summary>All rows of the method.</summary>
    /// <exception cref="RexecDataException">There are none.</exception>
    public RexecRowSet All => _all.Value;

    /// <summary>The rows of a method, read once.</summary>
    public static MethodRows Of(ITestMethod method) =>
        s_methods.GetOrAdd($"{method.TestClass.Class.Name}.{method.Method.Name}", _ => new MethodRows(Selection(method)));

    /// <summary>A runner wants this row.</summary>
    public void Choose(string name)
    {
        lock (_lock)
        {
            if (_running is not null)
            {
                // The next run of the same process.
                _running = null;
                _chosen.Clear();
            }

            _ = _chosen.Add(name);
        }
    }

    /// <summary>A row to be run now, with all that are run beside it.</summary>
    /// <exception cref="RexecDataException">There is no such row.</exception>
    public RexecRow Row(string name)
    {
        lock (_lock)
        {
            _running ??= (_chosen.Count > 0 ? All.Only(_chosen) : All).Rows.ToDictionary(row => row.Name);
            return _running.TryGetValue(name, out RexecRow? row)
                ? row
                : throw new RexecDataException($"there is no row '{name}' any more: discover the tests again");
        }
    }

    private static RexecSelection Selection(ITestMethod method)
    {
        IAttributeInfo attribute = method.Method.GetCustomAttributes(typeof(RexecTheoryAttribute)).Single();
        return new RexecSelection(attribute.GetConstructorArguments().OfType<string>().FirstOrDefault() ?? "")
        {
            Ids = attribute.GetNamedArgument<string[]>(nameof(RexecTheoryAttribute.Ids)) ?? [],
            Tags = attribute.GetNamedArgument<string[]>(nameof(RexecTheoryAttribute.Tags)) ?? [],
            Levels = attribute.GetNamedArgument<Level[]>(nameof(RexecTheoryAttribute.Levels)) ?? [],
            Slow = attribute.GetNamedArgument<bool>(nameof(RexecTheoryAttribute.Slow)),
            Scenarios = attribute.GetNamedArgument<string>(nameof(RexecTheoryAttribute.Scenarios)),
        };
    }
}
