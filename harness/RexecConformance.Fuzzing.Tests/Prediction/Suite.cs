using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>The suite's scenarios and dialects, read once.</summary>
internal static class Suite
{
    /// <summary>What Linux hands to a program as one argument.</summary>
    public const int LinuxArgument = 131_071;

    private static readonly Lazy<ScenarioTree> s_tree = new(Load);

    public static ScenarioTree Tree => s_tree.Value;

    public static Dialect Dialect(string name) => Tree.Dialects[name];

    public static Predictor Predictor(string dialect, int? argumentList = LinuxArgument) =>
        new(Dialect(dialect), AccountFile.Default, Shell.Sh, argumentList);

    private static ScenarioTree Load()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "scenarios", "dialects")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        (ScenarioTree tree, IReadOnlyList<Problem> problems) = ScenarioTree.Load(
            Path.Combine(folder!, "scenarios"), AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet());
        Assert.Empty(problems);
        return tree;
    }
}
