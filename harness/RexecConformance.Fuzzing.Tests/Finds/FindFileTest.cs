using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Reports;
using CaseText = RexecConformance.Fuzzing.Cases.CaseText;

namespace RexecConformance.Fuzzing.Tests.Finds;

/// <summary>Finds and results as files: they read back to the same.</summary>
public sealed class FindFileTest : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_find_reads_back_to_the_same()
    {
        FuzzFind find = (await _runs.RunAsync(new Server(), new Server { Name = "double:other", Limit = 15 })).Finds[0];
        FuzzFind read = FindFile.Read(Path.Combine(_runs.Folder, "finds", find.Kind + ".json"));
        Assert.Equal(CaseText.Write(find.Case), CaseText.Write(read.Case));
        Assert.Equal(CaseText.Write(find.Smallest), CaseText.Write(read.Smallest));
        Assert.Equal(find.Request, read.Request);
        Assert.Equal((find.Kind, find.Title, find.Oracle, find.Guilty, find.Command, find.Seed, find.Repeats, find.Shrunk), (read.Kind, read.Title, read.Oracle, read.Guilty, read.Command, read.Seed, read.Repeats, read.Shrunk));
        Assert.Equal(
            find.Sides.Select(side => (side.Target, side.Dialect, side.Reply, side.Prediction, Convert.ToHexString(side.Outcome.Primary.Bytes), side.Outcome.Primary.End, side.Outcome.Aux.Connected)),
            read.Sides.Select(side => (side.Target, side.Dialect, side.Reply, side.Prediction, Convert.ToHexString(side.Outcome.Primary.Bytes), side.Outcome.Primary.End, side.Outcome.Aux.Connected)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"format\":1,\"kind\":\"../../etc\"}")]
    [InlineData("{\"format\":7,\"kind\":\"a\"}")]
    public void A_file_that_is_no_find_is_told_in_one_line(string text)
    {
        string path = Path.Combine(_runs.Folder, "find.json");
        File.WriteAllText(path, text);
        string message = Assert.Throws<FormatException>(() => FindFile.Read(path)).Message;
        Assert.StartsWith(path + ": is no find of a fuzz run: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("\"guilty\": 0", "\"guilty\": 1")]
    [InlineData("\"guilty\": 0", "\"guilty\": -1")]
    [InlineData("\"oracle\": \"prediction\"", "\"oracle\": \"77\"")]
    [InlineData("\"oracle\": \"prediction\"", "\"oracle\": null")]
    [InlineData("\"suite\": \"", "\"suite\": null, \"was\": \"")]
    [InlineData("\"end\": \"fin\"", "\"end\": \"44\"")]
    [InlineData("\"ms\": ", "\"ms\": 1e20, \"was\": ")]
    public async Task A_find_with_a_value_that_can_not_be_is_none(string value, string other)
    {
        FuzzFind find = (await _runs.RunAsync(new Server { Limit = 15 })).Finds[0];
        string path = Path.Combine(_runs.Folder, "finds", find.Kind + ".json");
        string text = File.ReadAllText(path);
        Assert.Contains(value, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(value, other, StringComparison.Ordinal));
        Assert.StartsWith(path + ": is no find of a fuzz run: ", Assert.Throws<FormatException>(() => FindFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_find_that_is_not_there_is_told() =>
        Assert.Contains("there is no such file", Assert.Throws<FormatException>(() => FindFile.Read(Path.Combine(_runs.Folder, "none.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_result_renders_to_the_same_text_again()
    {
        FuzzResult result = await _runs.RunAsync(new Server { Limit = 15 });
        string path = Path.Combine(_runs.Folder, "result.json");
        FuzzResultFile.Write(ReportFile.Open(path), result, DateTimeOffset.UnixEpoch, exitCode: 1);
        Assert.Equal(Text(result), Text(FuzzResultFile.Read(path)));
        Assert.Contains("never reached: ", Text(result), StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines[..^1]);
        Assert.Contains("no 'complete' record", Assert.Throws<FormatException>(() => FuzzResultFile.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllLines(path, [lines[0], lines[^1]]);
        Assert.Throws<FormatException>(() => FuzzResultFile.Read(path));
    }

    private static string Text(FuzzResult result)
    {
        var text = new StringWriter();
        FuzzSummary.Write(text, result, colour: false);
        return text.ToString();
    }
}
