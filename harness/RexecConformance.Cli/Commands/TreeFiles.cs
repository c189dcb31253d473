using RexecConformance.Baselines;
using RexecConformance.Containers.Images;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>What <c>validate</c> checks beside the scenarios: lists of deviations and baselines.</summary>
internal static class TreeFiles
{
    /// <summary>Checks them all.</summary>
    /// <param name="tree">The scenarios.</param>
    /// <param name="problems">Is given every mistake.</param>
    /// <returns>How many lists there are, and a line for each entry that somebody should look at again.</returns>
    public static (int Lists, IReadOnlyList<string> Overdue) Check(ScenarioTree tree, List<Problem> problems)
    {
        if (!tree.IsWhole)
        {
            return (0, []);
        }

        List<Variant> variants = [.. tree.Scenarios.SelectMany(Variant.Of)];
        var overdue = new List<string>();
        int lists = 0;
        foreach (string file in Lists())
        {
            lists++;
            foreach (Deviation deviation in DeviationFile.Read(file, problems, variants))
            {
                if (Overdue(deviation) is { } line)
                {
                    overdue.Add($"{file}: {line}");
                }
            }
        }

        CheckBaselines(tree, variants, problems);
        return (lists, overdue);
    }

    /// <summary>A line for an entry whose day has passed, or null.</summary>
    public static string? Overdue(Deviation deviation) =>
        deviation.ReviewBy is { } day && day < DateOnly.FromDateTime(DateTime.UtcNow)
            ? $"the deviation '{deviation.Scenario}' was to be looked at again by {day:yyyy-MM-dd}"
            : null;

    private static IEnumerable<string> Lists()
    {
        try
        {
            DockerFolder docker = DockerFolder.Find();
            return docker.Names.Select(name => docker.Image(name).DeviationsFile).Where(File.Exists);
        }
        catch (TargetStartException)
        {
            return [];
        }
    }

    private static void CheckBaselines(ScenarioTree tree, List<Variant> variants, List<Problem> problems)
    {
        string folder = BaselineFolder.Find();
        foreach (string name in BaselineFolder.Names(folder))
        {
            string path = BaselineFolder.PathOf(folder, name)!;
            try
            {
                Baseline baseline = BaselineFile.Read(path);
                if (!tree.Dialects.TryGetValue(baseline.Dialect, out Dialects.Dialect? dialect))
                {
                    problems.Add(new Problem(path, 1, 1, $"there is no dialect '{baseline.Dialect}'"));
                    continue;
                }

                var target = new RecordedTarget("recorded:" + name, baseline, baseline.Dialect, []);
                problems.AddRange(BaselineProblems.Of(target, dialect, variants).Select(text => new Problem(path, 1, 1, text)));
            }
            catch (InvalidDataException e)
            {
                problems.Add(new Problem(path, 1, 1, e.Message));
            }
        }
    }
}
