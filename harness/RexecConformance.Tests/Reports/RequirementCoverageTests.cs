using RexecConformance.Requirements;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Reports;

public class RequirementCoverageTests
{
    [Fact]
    public void Scenarios_count_for_the_dialects_that_say_something_about_them()
    {
        ScenarioTree tree = Made.Tree() with
        {
            Dialects = new[]
            {
                SmallDialect.Of(["status-stream=primary"]) with { Name = "one" }, SmallDialect.Of([]) with { Name = "two" },
            }.ToDictionary(d => d.Name),
        };
        Requirement requirement = tree.Requirements["status-byte"] with { Systems = ["one", "two", "sco"] };
        Assert.Equal(
            [new("one", 1, null), new("two", 0, null), new("sco", 1, null)], RequirementCoverage.Of(requirement, tree));
        Requirement excused = requirement with { NotTestedFor = new Dictionary<string, string> { ["two"] = "it is inside" } };
        Assert.Equal(new SystemCoverage("two", 0, "it is inside"), RequirementCoverage.Of(excused, tree)[1]);
    }

    [Fact]
    public void A_system_without_scenario_needs_a_reason()
    {
        Assert.Contains("holds for small, but no scenario that names it says anything", Load("covered: scenarios"));
        Assert.DoesNotContain("holds for small", Load("covered: { not-tested-for: { small: \"it is inside\" } }"));
        Assert.Contains("names 'big', which is not among the systems", Load("covered: { not-tested-for: { small: \"inside\", big: \"inside\" } }"));
    }

    [Fact]
    public void Systems_and_documents_are_known_ones()
    {
        Assert.Contains("names the system 'big', which is no dialect", Load("covered: scenarios", systems: "[small, big]"));
        Assert.Contains("has no systems", Load("covered: scenarios", systems: "[]"));
        Assert.Contains("there is no document 'facets', expected one of: facts", Load("covered: scenarios", document: "facets"));
        Assert.Contains("requirements.yaml:7:1: there is no document", Load("covered: scenarios", document: "facets"));
    }

    private static string Load(string covered, string systems = "[small]", string document = "facts")
    {
        string folder = Directory.CreateTempSubdirectory("rexec-").FullName;
        try
        {
            _ = Directory.CreateDirectory(Path.Combine(folder, "cases"));
            _ = Directory.CreateDirectory(Path.Combine(folder, "dialects"));
            File.WriteAllText(Path.Combine(folder, "dialects", "small.yaml"), SmallDialect.Head + "properties: {}\n");
            File.WriteAllText(
                Path.Combine(folder, "cases", "one.yaml"),
                "format: 1\nid: one\ntitle: One\nlevel: must\nrequires: [it]\nsend:\n  - port: \"0\"\nexpect:\n  - accepted: {}\n");
            File.WriteAllText(
                Path.Combine(folder, "requirements.yaml"),
                "format: 1\ndocuments:\n  facts: { title: Facts, file: facts.md }\nrequirements:\n  it:\n    sources:\n      - { document: DOC, section: \"1\", quote: \"x\" }\n".Replace("DOC", document, StringComparison.Ordinal)
                + $"    says: \"It.\"\n    level: must\n    systems: {systems}\n    {covered}\n");
            (_, IReadOnlyList<Problem> problems) = ScenarioTree.Load(folder, new HashSet<string>());
            return string.Join('\n', problems);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
