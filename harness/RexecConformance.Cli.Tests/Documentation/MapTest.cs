using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>CONTRIBUTING's map has every project, and every folder of those that somebody reads first.</summary>
public sealed class MapTest
{
    private static readonly string[] s_made = ["bin", "obj", "TestResults"];

    private static string Map { get; } = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")).Split("## Two rules")[0];

    [Theory]
    [InlineData("harness")]
    [InlineData("reference-server")]
    [InlineData("harness/RexecConformance")]
    [InlineData("harness/RexecConformance.Cli")]
    [InlineData("harness/RexecConformance.Fuzzing")]
    [InlineData("harness/RexecConformance.Containers")]
    [InlineData("reference-server/Rexecd")]
    public void Each_folder_is_on_the_map(string folder) => Assert.Equal("", string.Join(", ", Missing(folder)));

    private static IEnumerable<string> Missing(string folder) => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder))
        .Select(path => Path.GetFileName(path))
        .Where(name => !s_made.Contains(name) && !Map.Contains($"`{name}`", StringComparison.Ordinal));
}
