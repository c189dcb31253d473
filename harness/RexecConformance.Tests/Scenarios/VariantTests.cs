using System.Text;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Scenarios;

/// <summary>How the bytes of a scenario become segments.</summary>
[Trait("needs", "nothing")]
public sealed class VariantTests
{
    private const string Steps = "  - port: \"0\"";

    [Theory]
    [InlineData("whole", "0|good|secret|echo out|")]
    [InlineData("per-field", "0| good| secret| echo out|")]
    [InlineData("{ after: [port] }", "0| good|secret|echo out|")]
    [InlineData("{ after: [port, password] }", "0| good|secret| echo out|")]
    [InlineData("{ split: [1, 7] }", "0 |good| secret|echo out|")]
    [InlineData("{ split: [1, 22, 23, 99] }", "0 |good|secret|echo out |")]
    public void Cuts(string fragments, string expected) => Assert.Equal(expected, Sent(Steps, Steps, fragments));

    [Fact]
    public void Per_byte_is_a_segment_each() => Assert.Equal(23, Sent(Steps, Steps, "per-byte").Split(' ').Length - 1); // the command holds one blank itself

    // An act between two runs of bytes ends a segment whatever the fragmentation; offsets count over all bytes.
    [Theory]
    [InlineData("whole", "0| <Pause> good|secret|echo out|")]
    [InlineData("{ split: [1, 4, 9] }", "0 | <Pause> go od|se cret|echo out|")]
    [InlineData("{ split: [2] }", "0| <Pause> good|secret|echo out|")]
    public void Offsets_go_on_across_a_pause(string fragments, string expected) =>
        Assert.Equal(expected, Sent(Steps, Steps + "\n  - pause: 10ms", fragments));

    [Fact]
    public void Raw_bytes_have_no_nul_and_places_are_filled_in()
    {
        Scenario scenario = Texts.Scenario(
            "requires: [status-byte]\nsend:\n  - port: \"0\"\n",
            "requires: [status-byte]\naux: listen\nsend:\n  - bytes: [\"${aux.port+65536}\", { hex: \"00 ff\" }, { repeat: ab, times: 2 }, { count: [1, 2] }, \"$$${good.name}\"]\n");
        var first = (Send)new Variant(InShell(scenario), new WholeFragmentation()).Expand(new Texts.Context())[0];
        Assert.StartsWith("70247\0\u00ffabab1\n2\n$good.namegood\0secret\0", Encoding.Latin1.GetString(first.Bytes));
    }

    [Fact]
    public void Signals_are_sent_one_by_one_on_the_aux_connection()
    {
        Scenario scenario = Texts.Scenario(
            "requires: [status-byte]\nsend:\n  - port: \"0\"\n", "requires: [status-byte]\naux: listen\nsend:\n  - port: ${aux.port}\n  - signal: [0, 200]\n");
        IReadOnlyList<WireStep> steps = new Variant(InShell(scenario), new WholeFragmentation()).Expand(new Texts.Context());
        Assert.Equal([0, 200], steps.OfType<Send>().Where(s => s.Stream == StreamName.Aux).Select(s => (int)Assert.Single(s.Bytes)));
    }

    [Fact]
    public void Names_say_the_segmentation()
    {
        Scenario scenario = Texts.Scenario("send:", "fragments: [whole, per-field, per-byte, { split: [1, 7] }, { after: [port, password] }]\nsend:");
        Assert.Equal(
            ["a-case#whole", "a-case#per-field", "a-case#per-byte", "a-case#split-1-7", "a-case#after-port-password"],
            Variant.Of(scenario).Select(v => v.Name));
    }

    /// <summary>NUL as |, a blank between segments, acts in angle brackets.</summary>
    private static string Sent(string line, string instead, string fragments)
    {
        Scenario scenario = InShell(Texts.Scenario(line, instead));
        Fragmentation fragmentation = Texts.Scenario("send:", $"fragments: [{fragments}]\nsend:").Fragments[0];
        return string.Join(' ', new Variant(scenario, fragmentation).Expand(new Texts.Context()).Select(step => step is Send send
            ? Encoding.Latin1.GetString(send.Bytes).Replace('\0', '|')
            : $"<{step.GetType().Name}>"));
    }

    private static Scenario InShell(Scenario scenario) => RexecConformance.Targets.TargetContext.WithShell(scenario, Shell.Sh)!;
}
