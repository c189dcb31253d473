using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Running;

namespace RexecConformance.Tests.Reports;

public class ProgressCounterTests
{
    [Fact]
    public void It_counts_what_is_done_red_and_waiting()
    {
        var clock = new Clock();
        var counter = new ProgressCounter(clock);
        Assert.Equal("", counter.Line);

        counter.Started(new NamedTarget("reference:bsd44\x1b"), 4);
        Assert.Equal("reference:bsd44\\x1b: 0/4", counter.Line);

        VariantResult pass = Made.Undriven(Verdict.Pass, "");
        counter.Finished(pass);
        counter.Finished(pass with { Verdict = Verdict.Fail });
        clock.Now += TimeSpan.FromMilliseconds(200);
        Assert.Equal("reference:bsd44\\x1b: 2/4, 10/s, 1 red", counter.Line);
        Assert.True(counter.AnyRed);

        clock.Now += TimeSpan.FromMilliseconds(800);
        counter.Finished(pass with { Timed = true });
        Assert.Equal("reference:bsd44\\x1b: 3/4, 1 red, 1 left", counter.Line);

        counter.Finished(pass);
        Assert.Equal("reference:bsd44\\x1b: 4/4, 4/s, 1 red", counter.Line);
    }

    [Fact]
    public void It_says_what_is_waited_for_longest()
    {
        var clock = new Clock();
        var counter = new ProgressCounter(clock);
        counter.Opening("container:inetutils");
        clock.Now += TimeSpan.FromSeconds(3);
        Assert.Equal("starting container:inetutils, 3 s", counter.Line);
        counter.Started(new NamedTarget("t"), 4);
        VariantResult pass = Made.Undriven(Verdict.Pass, "");
        counter.Finished(pass);
        Variant Slow(string id) => new(Made.Scenario(id), new WholeFragmentation());
        counter.Driving(Slow("short"), TimeSpan.FromSeconds(20), "the client's own pauses");
        counter.Driving(Slow("aux-timeout"), TimeSpan.FromSeconds(60), "the server's time-out");
        counter.Driving(Slow("quick"), TimeSpan.Zero, "");
        clock.Now += TimeSpan.FromSeconds(12);
        Assert.Equal("t: 1/4, 3 left, the longest 12 of 60 s: aux-timeout#whole, for the server's time-out", counter.Line);
        counter.Finished(pass with { Variant = Slow("aux-timeout"), Timed = true });
        Assert.StartsWith("t: 2/4, 2 left", counter.Line);
    }

    [Fact]
    public void It_counts_from_many_threads()
    {
        var counter = new ProgressCounter(TimeProvider.System);
        counter.Started(new NamedTarget("t"), 1000);
        Parallel.For(0, 1000, _ => counter.Finished(Made.Undriven(Verdict.Pass, "")));
        Assert.StartsWith("t: 1000/1000", counter.Line);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
