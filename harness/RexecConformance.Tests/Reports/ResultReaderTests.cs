using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports;

public sealed class ResultReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_comes_back_as_it_was()
    {
        string file = Write(Many());
        string again = Path.Combine(_folder, "again.json");
        ReportedRun read = ResultReader.Read(file);
        Save(again, read);
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(again));
        Assert.Equal(["tcp:host:512 as bsd44"], read.Targets.Select(target => target.Name));
        Assert.Equal(3, read.ExitCode);
        Assert.Contains("it went away", read.Targets[0].Failure);
        Assert.Equal(Path.Combine(_folder, "captures", "some-case.pcapng"), read.Cases.First().Capture);
    }

    [Fact]
    public void Its_text_is_that_of_the_run()
    {
        ReportedRun run = Many();
        Assert.Equal(Text(run), Text(ResultReader.Read(Write(run))));
    }

    [Fact]
    public void A_file_whose_lines_are_missing_is_refused()
    {
        string[] lines = File.ReadAllLines(Write(Many()));
        int result = Array.FindIndex(lines, line => line.Contains("\"record\":\"result\"", StringComparison.Ordinal));
        Refused([.. lines.Where((_, i) => i != result)], "lines are missing");
        Refused(lines[..^1], "has no 'complete' record");
        Refused([.. lines, lines[0]], "a second report begins here");
        Refused(lines[1..], "expected a 'start' record of format 1");
        Refused([.. lines.Select((line, i) => i == result ? line[..^9] : line)], $":{result + 1}: is no record of a JSON report");
        Refused([], "is empty");
        Refused(["{}"], ":1: is no record");
        Refused(["[1]"], ":1: is no record");
        Refused([.. lines.Select((line, i) => i == result ? line.Replace("\"verdict\":\"fail\"", "\"verdict\":\"1\"", StringComparison.Ordinal) : line)], ":3: is no record");
    }

    /// <summary>What a hand or another program wrote: one line says so, and no report falls over it later.</summary>
    [Theory]
    [InlineData("\"title\":\"[^\"]*\"", "\"title\":null")]
    [InlineData("\"reproduce\":\"[^\"]*\"", "\"reproduce\":null")]
    [InlineData("\"requires\":\\[\"", "\"requires\":[null,\"")]
    [InlineData("\"findings\":\\[{", "\"findings\":[{\"kind\":\"end\",\"text\":null},{")]
    [InlineData("\"hex\":\"[^\"]*\"", "\"hex\":null")]
    [InlineData("\"pieces\":\\[\\[[^]]*]", "\"pieces\":[[1]")]
    [InlineData("\"pieces\":\\[\\[[^]]*]", "\"pieces\":[[1,-1]")]
    [InlineData("\"hidden\":\\[\\[[^]]*]", "\"hidden\":[[1]")]
    [InlineData("\"endMs\":[0-9.]+", "\"endMs\":-922337203685477")]
    [InlineData("\"ms\":[0-9.]+", "\"ms\":1e300")]
    public void A_result_that_was_edited_is_no_record(string was, string now) => Edited("result", was, now, "is no record");

    [Theory]
    [InlineData("start", "\"suite\":\"[^\"]*\"", "\"suite\":null")]
    [InlineData("target", "\"target\":\"tcp[^\"]*\"", "\"target\":null")]
    [InlineData("target", "\"timeless\":[0-9]+", "\"timeless\":2147483647")]
    [InlineData("target", "\"timelessMs\":[0-9.]+", "\"timelessMs\":9223372036854775807")]
    [InlineData("target", "\"judged\":[0-9]+", "\"judged\":-1")]
    [InlineData("complete", "\"exitCode\":3", "\"exitCode\":256")]
    public void So_is_any_other_record(string record, string was, string now) => Edited(record, was, now, "is no record");

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.EndsWith("none.json: can't be read: there is no such file", Assert.Throws<FormatException>(() => ResultReader.Read(Path.Combine(_folder, "none.json"))).Message);

    private void Edited(string record, string was, string now, string why)
    {
        string[] lines = File.ReadAllLines(Write(Many()));
        int edited = Array.FindIndex(lines, line => line.Contains($"\"record\":\"{record}\"", StringComparison.Ordinal) && Regex.IsMatch(line, was));
        Assert.True(edited >= 0, was);
        lines[edited] = new Regex(was).Replace(lines[edited], now, 1);
        Refused(lines, why);
    }

    private void Refused(string[] lines, string why)
    {
        string path = Path.Combine(_folder, "damaged.json");
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
        string message = Assert.Throws<FormatException>(() => ResultReader.Read(path)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(why, message);
        Assert.DoesNotContain('\n', message);
    }

    private ReportedRun Many()
    {
        byte[] longOne = [.. Enumerable.Range(0, ReportedBytes.MostKept + 5).Select(i => (byte)i)];
        byte[] part = [1, 2, 3];
        StreamTranscript pieces = Made.Seen(longOne, StreamEnd.Rst) with
        {
            Chunks = [.. Enumerable.Range(0, 30).Select(i => new ReceivedChunk(TimeSpan.FromMicroseconds(1234.5 * i), part))],
            ConnectedAt = TimeSpan.FromTicks(12345),
            Overflow = true,
        };
        ExpectedStream form = Made.Expect("") with
        {
            Content = ExpectedContent.Of(Made.Bytes(Made.Password)).Then(ExpectedContent.Matching("x+\u00ff")),
            NotBefore = TimeSpan.FromSeconds(1),
            Within = TimeSpan.FromSeconds(2),
        };
        VariantResult[] results =
        [
            Made.Driven(Made.Expect("\0out\n"), Made.Seen(Made.Bytes("\0oUt\n" + Made.Password), StreamEnd.Rst)),
            Made.Driven(Made.Expect(longOne), pieces, null, Made.Sent("a\n\u0001"), new TranscriptEvent(TimeSpan.FromSeconds(1), null, null, "pause")),
            Made.Driven(form, Made.Seen([])),
            Made.Driven(Made.Expect("\0"), Made.Seen([0])),
            Made.Undriven(Verdict.Unspecified, "why \u202e"),
            Made.Undriven(Verdict.Error, "ours"),
        ];
        TargetResult target = Made.Target("it went away", results) with { Guesses = [new DialectGuess("sco", 1, 2, 3)] };
        return new ResultMaker(Made.Tree(), new SummaryOptions { Passwords = [Made.Password] }, ReportedBytes.MostKept)
        {
            Shard = "1/2",
            Capture = result => result == results[0] ? Path.Combine(_folder, "captures", "some-case.pcapng") : null,
        }.Of([target], 3);
    }

    private string Write(ReportedRun run)
    {
        string path = Path.Combine(_folder, "result.json");
        Save(path, run);
        return path;
    }

    private static void Save(string path, ReportedRun run)
    {
        using ReportFile file = ReportFile.Open(path);
        new ResultWriter().Write(file.Stream, run, RenderContext.For(path));
        file.Complete();
    }

    private static string Text(ReportedRun run)
    {
        var output = new StringWriter(new StringBuilder());
        SummaryReport.Write(output, run, new SummaryOptions { ShowUnspecified = true });
        return output.ToString();
    }
}
