using System.Text;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Reports.Results.Changes;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Reports.Formats;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports.Changes;

[Trait("needs", "nothing")]
public class RunChangesTests
{
    [Fact]
    public void How_far_a_server_got_that_repeats_itself_without_end_is_no_change()
    {
        ReportedCase Endless(string came, bool endless = true)
        {
            ReportedCase one = MadeRun.Driven(came, came);
            return one with { ExpectedPrimary = one.ExpectedPrimary! with { Endless = endless } };
        }

        RunChanges Changes(ReportedCase old, ReportedCase now) => RunChanges.Of(MadeRun.Run(old), MadeRun.Run(now));

        Assert.Empty(Changes(Endless("ababab"), Endless("ab")).Changes);
        Assert.Single(Changes(Endless("ababab"), Endless("ac")).Changes);
        Assert.Single(Changes(Endless("ababab", endless: false), Endless("ab", endless: false)).Changes);
    }

    [Fact]
    public void A_target_that_was_named_twice_is_compared_with_itself_twice()
    {
        ReportedTarget one = MadeRun.Target(null, MadeRun.Driven("a", "a"));
        ReportedTarget other = MadeRun.Target(null, MadeRun.Driven("a", "b"));
        Assert.Empty(RunChanges.Of(MadeRun.Run(one, other), MadeRun.Run(one, other)).Changes);
        Assert.Equal(2, RunChanges.Of(MadeRun.Run(one, other), MadeRun.Run(other, one)).Changes.Count);
    }

    [Fact]
    public void A_run_has_not_changed_since_itself()
    {
        RunChanges changes = RunChanges.Of(MadeRun.AllVerdicts(), MadeRun.AllVerdicts());
        Assert.Empty(changes.Changes);
        Assert.Equal((8, false), (changes.InBoth, changes.AnyWorse));
        Assert.All(Enum.GetValues<ChangesGate>(), gate => Assert.False(gate.Stops(changes)));
        Assert.Contains("nothing changed in 8 variants", Text(changes));
    }

    [Theory]
    [InlineData("a", "b", ChangeKind.NowRed, true)]
    [InlineData("b", "a", ChangeKind.NoLongerRed, false)]
    [InlineData("b", "c", ChangeKind.Answer, false)]
    public void Other_bytes_are_a_change(string was, string @is, ChangeKind kind, bool worse)
    {
        RunChanges changes = Of(MadeRun.Driven("a", was), MadeRun.Driven("a", @is));
        VariantChange change = Assert.Single(changes.Changes);
        Assert.Equal((kind, worse), (change.Kind, change.IsWorse));
        Assert.Equal(["bytes"], change.What);
        Assert.Equal((worse, true, false), (ChangesGate.Worse.Stops(changes), ChangesGate.Any.Stops(changes), ChangesGate.None.Stops(changes)));
        string text = Text(changes);
        Assert.Contains($"\"{was}\"", text);
        Assert.Contains($"\"{@is}\"", text);
    }

    [Fact]
    public void Another_end_is_a_change_where_the_expectation_tells_them_apart()
    {
        VariantChange change = Assert.Single(Of(MadeRun.Driven("a", "a", StreamEnd.Fin), MadeRun.Driven("a", "a", StreamEnd.Rst)).Changes);
        Assert.Equal(["end"], change.What);
        Assert.Empty(Of(MadeRun.Driven("a", "a", StreamEnd.Fin, rule: EndRule.Closed), MadeRun.Driven("a", "a", StreamEnd.Rst, rule: EndRule.Closed)).Changes);
        Assert.Single(Of(MadeRun.Driven("a", "a", StreamEnd.Fin, rule: EndRule.Closed), MadeRun.Driven("a", "a", StreamEnd.Open, rule: EndRule.Closed)).Changes);
        Assert.Equal(["bytes", "end"], Assert.Single(Of(MadeRun.Driven("a", "a"), MadeRun.Driven("a", "b", StreamEnd.Rst)).Changes).What);
    }

    [Fact]
    public void A_connection_that_is_refused_is_a_change()
    {
        ReportedCase refused = MadeRun.Driven("a", "");
        refused = refused with { Exchange = refused.Exchange! with { ConnectError = Transcript.Refused, Primary = new ReportedStream { Connected = false } } };
        VariantChange change = Assert.Single(Of(MadeRun.Driven("a", "a"), refused).Changes);
        Assert.Equal(["connection"], change.What);
        Assert.Contains("connection: made | connection refused", Text(Of(MadeRun.Driven("a", "a"), refused)));
    }

    [Fact]
    public void Times_are_not_compared()
    {
        ReportedCase slow = MadeRun.Driven("a", "a");
        slow = slow with { Exchange = slow.Exchange! with { Duration = TimeSpan.FromSeconds(9), StepsDoneAt = TimeSpan.FromSeconds(3), Primary = slow.Exchange!.Primary with { EndAt = TimeSpan.FromSeconds(8) } } };
        Assert.Empty(Of(MadeRun.Driven("a", "a"), slow).Changes);
    }

    [Fact]
    public void Gone_and_new_variants_are_told()
    {
        RunChanges changes = RunChanges.Of(
            MadeRun.Run(MadeRun.Driven("a", "a"), MadeRun.Driven("a", "a", id: "gone", place: 1)),
            MadeRun.Run(MadeRun.Driven("a", "a"), MadeRun.Driven("a", "a", id: "new", place: 1), MadeRun.Driven("a", "b", id: "new-and-red", place: 2)));
        Assert.Equal(
            [("new-and-red#whole", ChangeKind.NowRed), ("gone#whole", ChangeKind.Gone), ("new#whole", ChangeKind.New)],
            changes.Changes.Select(change => (change.Name, change.Kind)));
        Assert.Equal((1, true), (changes.InBoth, changes.AnyWorse));
        Assert.Contains("1 variant as they were, 0 changed, 2 new, 1 gone", Text(changes));
    }

    [Fact]
    public void Something_new_that_is_green_passes_unless_any_change_stops()
    {
        RunChanges changes = RunChanges.Of(MadeRun.Run(MadeRun.Driven("a", "a")), MadeRun.Run(MadeRun.Driven("a", "a"), MadeRun.Driven("a", "a", id: "new", place: 1)));
        Assert.Equal((false, true), (ChangesGate.Worse.Stops(changes), ChangesGate.Any.Stops(changes)));
    }

    [Theory]
    [InlineData(Verdict.Unsupported, Verdict.Unspecified, ChangeKind.Verdict, false)]
    [InlineData(Verdict.Unsupported, Verdict.Error, ChangeKind.NowRed, true)]
    [InlineData(Verdict.Xfail, Verdict.Xpass, ChangeKind.NowRed, true)]
    [InlineData(Verdict.Xpass, Verdict.Pass, ChangeKind.NoLongerRed, false)]
    [InlineData(Verdict.Fail, Verdict.Blocked, ChangeKind.NoLongerRed, false)]
    public void Another_verdict_is_a_change(Verdict was, Verdict @is, ChangeKind kind, bool worse)
    {
        VariantChange change = Assert.Single(Of(MadeRun.Case(was), MadeRun.Case(@is)).Changes);
        Assert.Equal((kind, worse), (change.Kind, change.IsWorse));
    }

    [Fact]
    public void Two_targets_of_other_names_are_compared_where_each_result_has_one()
    {
        RunChanges changes = RunChanges.Of(MadeRun.Run(MadeRun.Driven("a", "a", target: "container:a")), MadeRun.Run(MadeRun.Driven("a", "b", target: "container:b")));
        Assert.Equal("container:a as bsd44 -> container:b as bsd44", Assert.Single(changes.Pairs).Name);
        Assert.Equal(ChangeKind.NowRed, Assert.Single(changes.Changes).Kind);
    }

    [Fact]
    public void Of_several_targets_those_of_the_same_name_are_compared()
    {
        RunChanges changes = RunChanges.Of(
            MadeRun.Run(MadeRun.Target(null, MadeRun.Driven("a", "a", target: "a")), MadeRun.Target(null, MadeRun.Driven("a", "a", target: "b"))),
            MadeRun.Run(MadeRun.Target(null, MadeRun.Driven("a", "b", target: "b")), MadeRun.Target(null, MadeRun.Driven("a", "a", target: "c"))));
        Assert.Equal(["b as bsd44", "c as bsd44", "a as bsd44"], changes.Pairs.Select(pair => pair.Name));
        Assert.Equal([ChangeKind.NowRed, ChangeKind.Gone, ChangeKind.New], changes.Changes.Select(change => change.Kind));
    }

    [Fact]
    public void Results_without_a_common_target_or_of_other_shards_are_refused()
    {
        ReportedRun one = MadeRun.Run(MadeRun.Driven("a", "a"));
        ReportedTarget other = MadeRun.Target(null, MadeRun.Driven("a", "a", target: "b"));
        Assert.Equal("the results have no target in common", Assert.Throws<InvalidDataException>(() => RunChanges.Of(one, MadeRun.Run(other, other with { Target = "c" }))).Message);
        Assert.Equal("the results are shard 1/2 and a whole run: merge the shards first", Assert.Throws<InvalidDataException>(() => RunChanges.Of(one, one with { Shard = "1/2" })).Message);
        Assert.Empty(RunChanges.Of(one with { Shard = "1/2" }, one with { Shard = "1/2" }).Changes);
    }

    [Fact]
    public void A_target_that_is_no_longer_judged_to_the_end_is_worse()
    {
        ReportedCase right = MadeRun.Driven("a", "a");
        RunChanges changes = RunChanges.Of(MadeRun.Run(right), MadeRun.Run(MadeRun.Target("it went away", right)));
        Assert.Empty(changes.Changes);
        Assert.True(changes.AnyWorse);
        Assert.Contains("not judged to the end: it went away", Text(changes));
        Assert.False(RunChanges.Of(MadeRun.Run(MadeRun.Target("was so before", right)), MadeRun.Run(MadeRun.Target("it went away", right))).AnyWorse);
    }

    [Fact]
    public void The_same_change_of_another_segmentation_is_written_once()
    {
        ReportedCase One(string came, string segmentation, int place) => MadeRun.Driven("a", came, place: place) with { Segmentation = segmentation };

        string text = Text(RunChanges.Of(MadeRun.Run(One("a", "whole", 0), One("a", "per-byte", 1)), MadeRun.Run(One("b", "whole", 0), One("b", "per-byte", 1))));
        Assert.Contains("some-case#per-byte: pass -> fail (bytes), as some-case#whole", text);
        Assert.Equal(2, text.Split("A old tcp:host:512 (pass)").Length);
    }

    [Fact]
    public void Markdown_and_json_say_the_same()
    {
        RunChanges changes = Of(MadeRun.Driven("a", "a"), MadeRun.Driven("a", "b"));
        string markdown = Written(output => ChangesMarkdown.Write(output, changes));
        Assert.StartsWith("## rexec conformance: 1 change, 1 for the worse; 1 variant in both results\n", markdown);
        Assert.Contains("### red, and was not: 1", markdown);
        Assert.Contains("<details><summary><code>some-case#whole: pass -&gt; fail (bytes)</code> on <code>tcp:host:512 as bsd44</code></summary>", markdown);

        List<JsonElement> records = [.. Written(output => ChangesJson.Write(output, changes, 1)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["start", "change", "complete"], records.Select(record => record.GetProperty("record").GetString()));
        Assert.Equal("changes", records[0].GetProperty("verb").GetString());
        Assert.Equal("now-red", records[1].GetProperty("kind").GetString());
        Assert.Equal(("pass", "fail"), (records[1].GetProperty("old").GetProperty("verdict").GetString(), records[1].GetProperty("new").GetProperty("verdict").GetString()));
        Assert.Equal("62", records[1].GetProperty("new").GetProperty("received").GetProperty("primary").GetProperty("hex").GetString());
        Assert.Equal((1, 1), (records[2].GetProperty("counts").GetProperty("now-red").GetInt32(), records[2].GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        ReportedRun hostile = MadeRun.HostileRun();
        RunChanges changes = RunChanges.Of(hostile with { Targets = [hostile.Targets[0] with { Cases = [], Failure = null }] }, hostile);
        string markdown = Written(output => ChangesMarkdown.Write(output, changes));
        string outside = MarkdownOutside.Of(markdown);
        Assert.Contains("evil", markdown);
        Assert.All(new[] { "evil", "script", "<img", "http", "@" }, bad => Assert.DoesNotContain(bad, outside));
        Assert.DoesNotContain(Text(changes), c => (c < ' ' && c != '\n') || c is '\u202e' or '\u2028' or '\uffff');
    }

    private static RunChanges Of(ReportedCase was, ReportedCase @is) => RunChanges.Of(MadeRun.Run(was), MadeRun.Run(@is));

    private static string Text(RunChanges changes)
    {
        var text = new StringWriter { NewLine = "\n" };
        ChangesText.Write(text, changes, colour: false);
        return text.ToString();
    }

    private static string Written(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
