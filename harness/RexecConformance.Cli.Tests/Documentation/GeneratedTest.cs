using RexecConformance.Cli.Tests.Documentation.Pages;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>What is written into pages from the suite's data is what the data says. With REXEC_WRITE_DOCS=1 the pages are written.</summary>
public sealed class GeneratedTest
{
    public static TheoryData<string> Names() => [.. Page.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_parts_are_current(string name)
    {
        string path = Path.Combine(Repository.Root, name);
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        string written = GeneratedParts.Written(text);
        if (written != text && Environment.GetEnvironmentVariable("REXEC_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, written);
            return;
        }

        Assert.True(written == text, $"{name} is not current: REXEC_WRITE_DOCS=1 dotnet test harness/RexecConformance.Cli.Tests --filter GeneratedTest");
    }

    [Fact]
    public void What_is_out_of_date_is_written_anew()
    {
        string text = "a\n<!-- generated: dialects fork-check -->\nold\n<!-- end of generated -->\nb\n";
        string written = GeneratedParts.Written(text);
        Assert.StartsWith("a\n<!-- generated: dialects fork-check -->\n\n| what | is | in |\n", written);
        Assert.EndsWith("\n<!-- end of generated -->\nb\n", written);
        Assert.DoesNotContain("old", written);
        Assert.Equal(written, GeneratedParts.Written(written));
    }

    [Theory]
    [InlineData("<!-- generated: dialects no-such-name -->\n<!-- end of generated -->")]
    [InlineData("<!-- generated: nothing -->\n<!-- end of generated -->")]
    [InlineData("<!-- generated: dialects fork -->\n")]
    public void A_part_that_is_none_is_told(string text) => Assert.Throws<FormatException>(() => GeneratedParts.Written(text));
}
