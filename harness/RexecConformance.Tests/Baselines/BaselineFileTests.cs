using RexecConformance.Baselines;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Baselines;

/// <summary>A baseline comes back as it was written, and only what can be recorded twice is kept.</summary>
[Trait("needs", "nothing")]
public sealed class BaselineFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"baseline-{Guid.NewGuid():N}.jsonl");

    [Fact]
    public void All_bytes_and_bounds_come_back()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var large = new RecordedStream(true, [.. Enumerable.Repeat(all, 40).SelectMany(b => b)], RecordedEnd.Closed) { Overflow = true };
        var small = new RecordedStream(true, all, RecordedEnd.Rst, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(6));
        var exchanges = new[]
        {
            new RecordedExchange(large, small),
            new RecordedExchange(RecordedStream.NotConnected, RecordedStream.NotConnected with { Unjudged = true }) { ConnectError = "no", UnmetAwaits = ["a \"b\""] },
        };
        BaselineFile.Write(_file, Made(new RecordedVariant("a#whole", "12", exchanges)));
        Baseline read = BaselineFile.Read(_file);
        Assert.Equal(exchanges, read.Variants["a#whole"].Exchanges);
        Assert.Equal("12", read.Variants["a#whole"].Sent);
        Assert.Equal("debian", read.Dialect);
        Assert.Equal("x 1", read.Provenance["packages"]);
        Assert.Equal(7, read.ArgumentList);
        Assert.Equal(2, File.ReadAllLines(_file).Length);
    }

    [Theory]
    [InlineData("", ":1: is no record")]
    [InlineData("{\"format\":2}", ":1: format is 2")]
    [InlineData("{\"format\":1,\"dialect\":\"d\",\"capabilities\":[],\"provenance\":{}}\n{\"variant\":\"a\"}", ":2: is no record")]
    [InlineData("{\"format\":1,\"dialect\":\"d\",\"capabilities\":[],\"provenance\":{}}\n{\"variant\":\"a\",\"sent\":\"\",\"sessions\":[]}", ":2: 'a' has no session")]
    public void Damage_is_told_with_its_line(string text, string expected)
    {
        File.WriteAllText(_file, text);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => BaselineFile.Read(_file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EndRule.Closed, StreamEnd.Fin, RecordedEnd.Closed)]
    [InlineData(EndRule.Closed, StreamEnd.Rst, RecordedEnd.Closed)]
    [InlineData(EndRule.Closed, StreamEnd.Open, RecordedEnd.Open)]
    [InlineData(EndRule.Fin, StreamEnd.Rst, RecordedEnd.Rst)]
    public void A_race_of_ends_has_no_winner(EndRule expected, StreamEnd seen, RecordedEnd recorded) =>
        Assert.Equal(recorded, RecordedStream.Of(Expected(expected), Seen(seen, 0), TimeSpan.Zero).End);

    [Theory]
    [InlineData(1.6, 1.5, 6.0, 1.5, 6.0)]
    [InlineData(2.4, 1.5, 6.0, 1.5, 6.0)]
    [InlineData(1.4, 1.5, 6.0, 1.0, 1.499)]
    [InlineData(6.7, 1.5, 6.0, 6.5, 7.0)]
    public void A_time_is_reduced_to_the_bounds_that_it_keeps(double seconds, double least, double most, double recordedLeast, double recordedMost)
    {
        ExpectedStream expected = Expected(EndRule.Fin) with { NotBefore = TimeSpan.FromSeconds(least), Within = TimeSpan.FromSeconds(most) };
        RecordedStream recorded = RecordedStream.Of(expected, Seen(StreamEnd.Fin, seconds), TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(recordedLeast), recorded.NotBefore);
        Assert.Equal(TimeSpan.FromSeconds(recordedMost), recorded.Within);
    }

    [Theory]
    [InlineData(1.6, true)]
    [InlineData(0.3, false)]
    [InlineData(6.7, false)]
    public void A_recorded_time_is_judged_as_the_time_itself(double seconds, bool green)
    {
        ExpectedStream expected = Expected(EndRule.Fin) with { NotBefore = TimeSpan.FromSeconds(1.5), Within = TimeSpan.FromSeconds(6) };
        StreamTranscript again = RecordedStream.Of(expected, Seen(StreamEnd.Fin, seconds), TimeSpan.Zero).ToTranscript(expected);
        bool early = again.EndAt < expected.NotBefore;
        bool late = again.EndAt > expected.Within;
        Assert.Equal(green, !early && !late);
    }

    public void Dispose() => File.Delete(_file);

    private static ExpectedStream Expected(EndRule end) => new() { Content = ExpectedContent.Nothing, End = end };

    private static StreamTranscript Seen(StreamEnd end, double seconds) =>
        new() { Connected = true, Chunks = [], End = end, EndAt = TimeSpan.FromSeconds(seconds) };

    private static Baseline Made(RecordedVariant variant) => new()
    {
        Name = "made",
        Dialect = "debian",
        Capabilities = new HashSet<string> { "ipv4" },
        ArgumentList = 7,
        Provenance = new Dictionary<string, string> { ["packages"] = "x 1" },
        Variants = new Dictionary<string, RecordedVariant> { [variant.Name] = variant },
    };
}
