using System.Text;
using RexecConformance.Reports.Formats;
using RexecConformance.Reports.Results;

namespace RexecConformance.Tests.Reports.Formats;

[Trait("needs", "nothing")]
public class MarkdownReportTests
{
    [Fact]
    public void Targets_are_a_table_and_red_cases_are_folded()
    {
        string text = MadeRun.Write(new MarkdownReport(), MadeRun.AllVerdicts());
        string[] lines = text.Split('\n');
        Assert.Equal("## rexec conformance: 3 red of 8 variants", lines[0]);
        Assert.Contains("| `tcp:host:512` | `bsd44` | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |  |", lines);
        Assert.Equal(3, lines.Count(line => line.StartsWith("<details>", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line == "</details>"));
        Assert.Contains("<details><summary>fail <code>wrong#whole</code> on <code>tcp:host:512 as bsd44</code>: <code>A title</code></summary>", lines);
        Assert.Contains(lines, line => line.Contains("again: rexec-conformance run --target tcp:host:512 --dialect bsd44 --id 'wrong#whole'"));
        Assert.Contains(lines, line => line.Contains("at offset 0 expected 61, received 62"));
    }

    [Fact]
    public void A_table_has_as_many_cells_in_each_row()
    {
        string[] rows = [.. MadeRun.Write(new MarkdownReport(), MadeRun.HostileRun()).Split('\n').Where(line => line.StartsWith('|'))];
        Assert.Equal(3, rows.Length);
        Assert.Single(rows.Select(row => row.Replace("\\|", "").Count(c => c == '|')).Distinct());
    }

    [Fact]
    public void A_green_run_has_no_red_cases()
    {
        string text = MadeRun.Write(new MarkdownReport(), MadeRun.Run(MadeRun.Driven("a", "a")));
        Assert.StartsWith("## rexec conformance: nothing red in 1 variant\n", text);
        Assert.DoesNotContain("<details>", text);
    }

    [Fact]
    public void Nothing_that_came_or_was_named_is_anything_but_code()
    {
        string text = MadeRun.Write(new MarkdownReport(), MadeRun.HostileRun());
        Assert.Contains("evil.example", text);
        string outside = MarkdownOutside.Of(text);
        foreach (string bad in new[] { "evil", "script", "<img", "http", "www", "@", "](", "*b*", "&amp;", "::error" })
        {
            Assert.DoesNotContain(bad, outside);
        }

        Assert.Equal(2, outside.Split("<details>").Length - 1);
        Assert.Equal(2, outside.Split("</details>").Length - 1);
        Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is '\u202e' or '\u2028' or '\uffff');
    }

    [Fact]
    public void The_check_of_the_test_itself_sees_what_is_outside()
    {
        Assert.Contains("@evil", MarkdownOutside.Of("a `b` @evil"));
        Assert.Contains("evil", MarkdownOutside.Of("```text\na\n```\nevil\n```text\nb\n```"));
        Assert.Contains("evil", MarkdownOutside.Of("| `a | b` | `c`` evil |"));
        Assert.DoesNotContain("evil", MarkdownOutside.Of("`` ` evil ``"));
    }

    [Fact]
    public void A_page_is_no_larger_than_GitHub_takes_and_says_what_is_left_out()
    {
        ReportedRun run = MadeRun.Run([.. Enumerable.Range(0, 5000).Select(i => MadeRun.Driven("a", new string('b', 2000), id: $"case-{i}", place: i))]);
        string text = MadeRun.Write(new MarkdownReport(), run);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 900_000, 1 << 20);
        int shown = text.Split("<details>").Length - 1;
        Assert.EndsWith($"\n{5000 - shown} red cases more: there is no room on this page, which is kept below 1048576 bytes. The JSON result has them all.\n", text);
        Assert.Equal(shown, text.Split("\n</details>\n").Length - 1);
        _ = MarkdownOutside.Of(text);
    }

    [Fact]
    public void A_target_that_was_not_judged_to_the_end_says_why()
    {
        string text = MadeRun.Write(new MarkdownReport(), MadeRun.Run(MadeRun.Target("it went away", MadeRun.Driven("a", "a"))));
        Assert.Contains("nothing red in 1 variant, 1 target not judged to the end", text);
        Assert.Contains("**Not judged to the end**: `tcp:host:512 as bsd44`: `it went away`", text);
    }
}
