using System.Text.RegularExpressions;
using RexecConformance.Judging;
using RexecConformance.Reports.Formats;

namespace RexecConformance.Tests.Reports.Formats;

[Trait("needs", "nothing")]
public partial class GitHubReportTests
{
    [Fact]
    public void A_red_case_is_an_error_with_its_file()
    {
        string line = MadeRun.Write(new GitHubReport(), MadeRun.Run(MadeRun.Driven("a", "b"), MadeRun.Driven("a", "a", id: "right")));
        Assert.StartsWith("::error title=some-case#whole on tcp%3Ahost%3A512 as bsd44,file=scenarios/cases/port/some-case.yaml::A title%0Aprimary: at offset 0 expected 61, received 62", line);
        Assert.EndsWith("%0Aagain: rexec-conformance run --target tcp:host:512 --dialect bsd44 --id 'some-case#whole'\n", line);
    }

    [Fact]
    public void A_green_run_says_nothing() => Assert.Equal("", MadeRun.Write(new GitHubReport(), MadeRun.Run(MadeRun.Driven("a", "a"))));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(250, 240)]
    public void Ten_errors_are_written_and_a_warning_with_the_rest(int red, int more)
    {
        string[] lines = MadeRun.Write(new GitHubReport(), MadeRun.Run([.. Enumerable.Range(0, red).Select(i => MadeRun.Driven("a", "b", id: $"case-{i}", place: i))])).TrimEnd('\n').Split('\n');
        Assert.Equal(10, lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)));
        string[] warnings = [.. lines.Where(line => line.StartsWith("::warning ", StringComparison.Ordinal))];
        Assert.Equal(more == 0 ? 0 : 1, warnings.Length);
        Assert.All(warnings, warning => Assert.StartsWith($"::warning title={more} more error", warning));
        Assert.Equal(10 + warnings.Length, lines.Length);
    }

    [Fact]
    public void A_target_that_failed_comes_first()
    {
        string text = MadeRun.Write(new GitHubReport(), MadeRun.Run(MadeRun.Target("it went away", MadeRun.Driven("a", "b"))));
        Assert.StartsWith("::error title=tcp%3Ahost%3A512 as bsd44 was not judged to the end::it went away\n::error title=some-case", text);
    }

    [Fact]
    public void Hostile_text_makes_no_command_and_no_property()
    {
        string text = MadeRun.Write(new GitHubReport(), MadeRun.HostileRun());
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line =>
        {
            Match command = Command().Match(line);
            Assert.True(command.Success, line);
            Assert.DoesNotMatch("%(?!25|0A|3A|2C)", line);
        });
        Assert.Contains("%250A%2525", lines[0]);
        Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is '\u202e' or '\u2028' or '\uffff');
    }

    [Fact]
    public void A_case_without_a_file_below_this_folder_names_none() =>
        Assert.DoesNotContain(",file=", MadeRun.Write(new GitHubReport(), MadeRun.Run(MadeRun.Case(Verdict.Fail) with { File = null })));

    // Properties hold no colon and no comma, but those between them.
    [GeneratedRegex("^::error title=[^:,]*(,file=[^:,]*)?::.*$")]
    private static partial Regex Command();
}
