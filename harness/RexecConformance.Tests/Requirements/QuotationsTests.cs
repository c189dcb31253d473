using RexecConformance.Requirements;
using RexecConformance.Tests.Captures;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Requirements;

/// <summary>A quotation stands where it is said to, or it is a problem.</summary>
public sealed class QuotationsTests : IDisposable
{
    private const string Head = """
        format: 1
        documents:
          manual: { title: "A manual", file: "manual*.txt" }
          facts: { title: "Facts", file: "notes/facts.md" }
        requirements:
          it:
            sources:
              - { document: SOURCE }
            says: "It."
            level: must
            systems: [small]
            covered: scenarios
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-").FullName;

    public QuotationsTests()
    {
        _ = Directory.CreateDirectory(Path.Combine(_folder, "notes"));
        File.WriteAllText(Path.Combine(_folder, "manual-8.txt"), "first line\na null byte\nis   returned\nlast line\n");
        File.WriteAllText(
            Path.Combine(_folder, "notes", "facts.md"),
            "# Facts\n## 2. Core\n1. a list\n2.1 Start. One.\n    Two.\n2.10 End. Three.\n## 3. Details\n### 3.7 illumos\nFour.\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("manual, lines: [2, 2], quote: \"null byte\"")]
    [InlineData("manual, lines: [2, 3], quote: \"null byte is returned\"")]
    [InlineData("facts, section: \"2.1\", quote: \"One. Two.\"")]
    [InlineData("facts, section: \"2\", quote: \"Three.\"")]
    [InlineData("facts, section: \"3.7\", quote: \"Four.\"")]
    public void It_stands_there(string source) => Assert.Empty(Check(source));

    [Theory]
    [InlineData("manual, lines: [1, 1], quote: \"null byte\"", "manual, line 1 does not say \"null byte\"")]
    [InlineData("manual, lines: [2, 2], quote: \"null byte is\"", "manual, line 2 does not say")]
    [InlineData("manual, lines: [2, 3], quote: \"Null byte\"", "manual, line 2-3 does not say")]
    [InlineData("manual, lines: [90, 91], quote: \"null byte\"", "manual, line 90-91 does not say")]
    [InlineData("facts, section: \"2.1\", quote: \"Three.\"", "facts, section 2.1 does not say")]
    [InlineData("facts, section: \"3.8\", quote: \"Four.\"", "facts, section 3.8 does not say")]
    [InlineData("manual, lines: [3, 2], quote: \"null byte\"", "expected [FIRST, LAST]")]
    [InlineData("manual, lines: [0, 2], quote: \"null byte\"", "expected [FIRST, LAST]")]
    [InlineData("manual, lines: [2, 3], section: \"1\", quote: \"null byte\"", "either 'lines' or 'section'")]
    [InlineData("manual, lines: [2, 2], quote: \" \"", "'quote' is empty")]
    public void It_does_not(string source, string problem)
    {
        Problem only = Assert.Single(Check(source));
        Assert.Contains(problem, only.Text);
        Assert.Equal(8, only.Line);
    }

    [Fact]
    public void A_document_that_is_not_there_is_a_problem()
    {
        File.Delete(Path.Combine(_folder, "manual-8.txt"));
        Assert.Contains("expected one", Assert.Single(Check("manual, lines: [1, 1], quote: first")).Text);
    }

    [SkippableFact]
    [Trait("needs", "captures")]
    public void All_quotations_of_this_suite_stand_where_they_are_said_to()
    {
        string folder = Path.GetFullPath(Path.Combine(CaptureFiles.Repository, "..", "shared"));
        Skip.IfNot(Directory.Exists(Path.Combine(folder, "seeds")), "needs the shared documents (../shared/seeds)");
        var problems = new List<Problem>();
        RequirementFile file = RequirementReader.Read(
            SourceFile.Read(Path.Combine(CaptureFiles.Repository, "scenarios", "requirements.yaml"), problems));
        Assert.Empty(problems.Concat(Quotations.Check(file, folder)));
    }

    private List<Problem> Check(string source)
    {
        var problems = new List<Problem>();
        RequirementFile file = RequirementReader.Read(SourceFile.Parse("requirements.yaml", Head.Replace("SOURCE", source), problems));
        if (problems.Count == 0)
        {
            problems.AddRange(Quotations.Check(file, _folder));
        }

        return problems;
    }
}
