using System.Text;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports;

public class JsonReportTests
{
    [Fact]
    public void Each_line_is_a_record()
    {
        List<JsonElement> records = Write(130, Made.Target(
            "interrupted",
            Made.Driven(Made.Expect("\0out\n"), Made.Seen(Made.Bytes("\0oUt\n"), StreamEnd.Rst)),
            Made.Undriven(Verdict.Unspecified, "why")));
        Assert.Equal(["start", "requirement", "result", "result", "target", "complete"], records.Select(r => Text(r, "record")));
        Assert.Equal(("status-byte", "must"), (Text(records[1], "id"), Text(records[1], "level")));
        Assert.Equal("A null byte is returned", Text(records[1].GetProperty("sources")[0], "quote"));
        records.RemoveAt(1);

        JsonElement start = records[0];
        Assert.Equal((1, 7), (start.GetProperty("format").GetInt32(), start.GetProperty("variants").GetInt32()));
        Assert.Equal("tcp:host:512", Text(start.GetProperty("targets")[0], "target"));
        _ = start.GetProperty("time").GetDateTimeOffset();
        Assert.NotEmpty(Text(start, "suite"));

        JsonElement result = records[1];
        Assert.Equal(
            ["tcp:host:512", "bsd44", "some-case", "whole", "must", "fail"],
            new[] { "target", "dialect", "id", "variant", "level", "verdict" }.Select(name => Text(result, name)));
        Assert.Equal("006f75740a", Text(result.GetProperty("expected").GetProperty("primary"), "hex"));
        JsonElement received = result.GetProperty("received").GetProperty("primary");
        Assert.Equal(("006f55740a", "rst", 5), (Text(received, "hex"), Text(received, "end"), received.GetProperty("endMs").GetDouble()));
        Assert.Equal(2, result.GetProperty("findings")[0].GetProperty("offset").GetInt32());
        Assert.Equal("end", Text(result.GetProperty("findings")[1], "kind"));
        Assert.Equal("documented", Text(result.GetProperty("basis")[0], "kind"));
        Assert.Equal(5, result.GetProperty("ms").GetDouble());
        Assert.False(records[2].TryGetProperty("received", out _));

        JsonElement complete = records[^1];
        Assert.Equal(130, complete.GetProperty("exitCode").GetInt32());
        Assert.Equal(1, complete.GetProperty("counts").GetProperty("unspecified").GetInt32());
        Assert.Equal(8, complete.GetProperty("counts").EnumerateObject().Count());
        Assert.Equal("interrupted", Text(complete.GetProperty("failures")[0], "failure"));
    }

    [Fact]
    public void Hostile_text_stays_on_its_line_and_comes_back_as_it_was()
    {
        const string title = "a\n\x1b[2J\"\\ ]]> \u2028 \u202e";
        JsonElement result = Results(0, Made.Target(null, Made.Undriven(Verdict.Unsupported, title, Made.Scenario(title: title))))[0];
        Assert.Equal(title, Text(result, "title"));
        Assert.Equal(title, Text(result, "reason"));
    }

    [Fact]
    public void What_is_sent_is_in_it_but_no_password()
    {
        VariantResult driven = Made.Driven(Made.Expect("a"), Made.Seen(Made.Bytes(Made.Password)));
        string text = WriteText(1, Made.Target(null, driven));
        Assert.Contains(Convert.ToHexStringLower(Made.Bytes("0\0good\0********\0echo out\0")), text);
        Assert.Contains("\"hidden\":[[7,8]]", text);
        Assert.DoesNotContain(Made.Password, text);
        Assert.DoesNotContain(Convert.ToHexStringLower(Made.Bytes(Made.Password)), text);
    }

    [Fact]
    public void A_long_stream_is_cut_and_has_its_length_and_hash()
    {
        byte[] long1 = new byte[(1 << 20) + 1];
        byte[] exact = new byte[ReportedBytes.MostKept];
        JsonElement result = Results(1, Made.Target(null, Made.Driven(Made.Expect(exact), Made.Seen(long1))))[0];
        JsonElement received = result.GetProperty("received").GetProperty("primary");
        Assert.Equal(2 * ReportedBytes.MostKept, Text(received, "hex").Length);
        Assert.Equal(long1.Length, received.GetProperty("truncated").GetInt32());
        Assert.Equal(64, Text(received, "sha256").Length);
        Assert.False(result.GetProperty("expected").GetProperty("primary").TryGetProperty("truncated", out _));
    }

    [Fact]
    public void A_form_is_a_list_of_parts()
    {
        ExpectedStream form = Made.Expect("") with
        {
            Content = ExpectedContent.Of([1]).Then(ExpectedContent.Matching("x+")),
            NotBefore = TimeSpan.FromSeconds(1),
        };
        JsonElement expected = Results(1, Made.Target(null, Made.Driven(form, Made.Seen([]))))[0].GetProperty("expected").GetProperty("primary");
        Assert.Equal("01", Text(expected.GetProperty("parts")[0], "hex"));
        Assert.Equal("x+", Text(expected.GetProperty("parts")[1], "pattern"));
        Assert.Equal(1000, expected.GetProperty("notBeforeMs").GetDouble());
    }

    private static readonly IReadOnlyList<Variant> s_seven =
        [.. Enumerable.Range(1, 7).Select(i => new Variant(Made.Scenario(i == 1 ? "some-case" : $"case-{i}"), new WholeFragmentation()))];

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private static List<JsonElement> Results(int exitCode, params TargetResult[] targets) =>
        [.. Write(exitCode, targets).Where(record => Text(record, "record") == "result")];

    private static List<JsonElement> Write(int exitCode, params TargetResult[] targets) =>
        [.. WriteText(exitCode, targets).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string WriteText(int exitCode, params TargetResult[] targets)
    {
        using var output = new MemoryStream();
        ReportedRun run = new ResultMaker(Made.Tree(), new SummaryOptions { Passwords = [Made.Password] }, ReportedBytes.MostKept) { Variants = s_seven }.Of(targets, exitCode);
        new ResultWriter().Write(output, run, new RenderContext(Path.GetTempPath()));
        string text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", text);
        return text;
    }
}
