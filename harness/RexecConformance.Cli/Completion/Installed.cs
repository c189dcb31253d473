using RexecConformance.Baselines;
using RexecConformance.Containers.Images;
using RexecConformance.Inetd;

namespace RexecConformance.Cli.Completion;

/// <summary>What the names of files say: nothing is read, a shell waits.</summary>
internal static class Installed
{
    /// <summary>The kinds of <c>--report</c>.</summary>
    public static IReadOnlyList<string> ReportKinds => [.. Commands.ReportKinds.All.Keys];

    /// <summary>The keys of accounts that captures are driven with; the others are for single scenarios.</summary>
    public static IReadOnlyList<Candidate> Accounts { get; } = [new("good"), new("victim"), new("root")];

    /// <summary>The dialects.</summary>
    public static IEnumerable<Candidate> Dialects(CommandWords place) => Names(Path.Combine(Scenarios(place), "dialects"), "*.yaml");

    /// <summary>The baselines.</summary>
    public static IEnumerable<Candidate> Baselines => BaselineFolder.Names(BaselineFolder.Find()).Select(name => new Candidate(name));

    /// <summary>The images of containers.</summary>
    public static IEnumerable<Candidate> Images
    {
        get
        {
            try
            {
                return DockerFolder.Find().Names.Select(name => new Candidate(name));
            }
            catch (TargetStartException)
            {
                return [];
            }
        }
    }

    /// <summary>The folder of scenarios: the one that is named, else the one that a verb would take.</summary>
    public static string Scenarios(CommandWords place)
    {
        string? named = place.Given.FirstOrDefault(pair => pair.Key.Name == "--scenarios").Value;
        string folder = ScenarioFolder.Find(named);
        return named is null || Directory.Exists(Path.Combine(folder, "dialects")) || place.Option?.Name == "--id" ? folder : ScenarioFolder.Find(null);
    }

    private static IEnumerable<Candidate> Names(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern).Select(file => new Candidate(Path.GetFileNameWithoutExtension(file))).OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
        : [];
}
