using RexecConformance.Accounts;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Captures;
using RexecConformance.Tests.Reports;

namespace RexecConformance.Tests.Dialects;

public class DialectMatrixTests
{
    [Fact]
    public void Each_cell_has_its_value_and_its_basis()
    {
        string text = Write(Made.Tree() with
        {
            Dialects = new[]
            {
                SmallDialect.Of(["home-check=never"], ("no-shell", "pattern: \"a|b\", flag: none"), ("bad-password", "silent: true")),
            }.ToDictionary(d => d.Name),
        });
        Assert.Contains("| property | small |\n| --- | --- |\n", text);
        Assert.Contains("\n| home-check | never **D** |\n| home-stream |  |\n", text);
        Assert.Contains("\n| bad-password | silence **D** |\n", text);
        Assert.Contains("\n| no-shell | without flag, matches `a\\|b` **D** |\n", text);
        Assert.Contains("\n| diagnostic no-shell | documented | the test | here |  |\n", text);
    }

    [Fact]
    public void The_committed_table_is_current()
    {
        string repository = CaptureFiles.Repository;
        (ScenarioTree tree, _) = ScenarioTree.Load(
            Path.Combine(repository, "scenarios"), AccountFile.Default.Accounts.Select(a => a.Key).ToHashSet());
        string committed = File.ReadAllText(Path.Combine(repository, "docs", "dialects.md")).ReplaceLineEndings("\n");
        Assert.True(committed == Write(tree), "docs/dialects.md is not current: write it again with 'rexec-conformance dialects'");
    }

    private static string Write(ScenarioTree tree)
    {
        var output = new StringWriter { NewLine = "\n" };
        DialectMatrix.Write(output, tree);
        return output.ToString();
    }
}
