using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Deviations;

/// <summary>Lists of deviations are read strictly.</summary>
[Trait("needs", "nothing")]
public sealed class DeviationFileTests : IDisposable
{
    private const string Good =
        "format: 1\ndeviations:\n  - scenario: \"a-*\"\n    observed:\n      primary: { bytes: \"\\x01no\\n\", end: fin }\n      aux: { connected: false }\n"
        + "    reason: it is so\n    link: \"\"\n    since: \"2.4\"\n    review-by: 2027-01-31\n";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"deviations-{Guid.NewGuid():N}.yaml");

    [Fact]
    public void Reads_all_fields()
    {
        (IReadOnlyList<Deviation> list, List<Problem> problems) = Read(Good);
        Assert.Empty(problems);
        Deviation one = Assert.Single(list);
        Assert.Equal(("a-*", "it is so", "2.4", new DateOnly(2027, 1, 31)), (one.Scenario, one.Reason, one.Since, one.ReviewBy!.Value));
        Assert.True(one.Observed!.Fits(Seen([1, (byte)'n', (byte)'o', (byte)'\n'], StreamEnd.Fin)));
        Assert.False(one.Observed.Fits(Seen([1, (byte)'n', (byte)'o', (byte)'\n'], StreamEnd.Rst)));
        Assert.False(one.Observed.Fits(Seen([0], StreamEnd.Fin)));
    }

    [Theory]
    [InlineData("reason: it is so", "reason: \"\"", ":7:13: the deviation of 'a-*' has an empty reason")]
    [InlineData("    reason: it is so\n", "", ":3:5: a deviation has no 'reason'")]
    [InlineData("since: \"2.4\"", "colour: red", "unknown key 'colour'")]
    [InlineData("2027-01-31", "soon", ":10:16: review-by is 'soon'")]
    [InlineData("end: fin", "end: maybe", "end is 'maybe'")]
    [InlineData("bytes: \"\\x01no\\n\"", "pattern: \"(\"", "pattern is no regular expression")]
    [InlineData("format: 1", "format: 2", "format is '2'")]
    public void Mistakes_have_a_place(string text, string instead, string expected)
    {
        (_, List<Problem> problems) = Read(Good.Replace(text, instead, StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_of_no_scenario_is_a_mistake()
    {
        File.WriteAllText(_file, Good);
        var problems = new List<Problem>();
        _ = DeviationFile.Read(_file, problems, Array.Empty<Variant>());
        Assert.Contains(":3:15: the deviation 'a-*' is of no scenario", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private (IReadOnlyList<Deviation> List, List<Problem> Problems) Read(string text)
    {
        File.WriteAllText(_file, text);
        var problems = new List<Problem>();
        return (DeviationFile.Read(_file, problems), problems);
    }

    private static Transcript Seen(byte[] bytes, StreamEnd end) => new()
    {
        Events = [],
        Primary = new StreamTranscript { Connected = true, Chunks = [], Bytes = bytes, End = end, EndAt = TimeSpan.Zero },
        Aux = StreamTranscript.NotConnected,
        StepsDoneAt = TimeSpan.Zero,
        UnmetAwaits = [],
        Duration = TimeSpan.Zero,
    };
}
