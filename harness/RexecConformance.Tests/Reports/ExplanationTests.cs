using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Tests.Reports;

public class ExplanationTests
{
    [Fact]
    public void It_tells_what_is_sent_and_what_each_dialect_answers()
    {
        ScenarioTree tree = Made.Tree() with
        {
            Dialects = new[] { Dialect("one", "primary"), Dialect("three", null), Dialect("two", "primary") }.ToDictionary(d => d.Name),
        };
        string text = Explain(Made.Scenario(), tree);
        Assert.StartsWith("some-case: A title\n  level must; tags one, two\n  variants whole, per-byte\n", text);
        Assert.Contains("  status-byte (must): One NUL byte comes first.\n", text);
        Assert.Contains("  sends username \"good\\0\"\n  sends password \"secret\\0\"\n  sends command  \"echo out\\0\"\n", text);
        Assert.Contains("\none, two\n  primary \"\\0out\\n\", then an orderly close (FIN)\n    basis in one\n      stream of the status byte: documented: the manual, step 3\n", text);
        Assert.Contains("    basis in two\n", text);
        Assert.EndsWith("\nunspecified\n  three: unspecified: three says nothing about status-stream\n", text);
    }

    [Fact]
    public void The_aux_port_steps_and_ends_are_told()
    {
        Scenario scenario = Made.Scenario(title: "esc\x1b") with
        {
            Aux = new AuxBehaviour(AuxMode.AcceptLate, TimeSpan.FromSeconds(0.3)),
            Send =
            [
                new BytesStep("port", new ByteTemplate([new AuxPortPart(65536), new LiteralPart([0])])),
                new PauseStep(TimeSpan.FromSeconds(1)),
                new SignalStep([15]),
                new ResetStep(Transcripts.StreamName.Aux),
            ],
            Expect = [new Alternative { When = [], Primary = new StreamRule { Bytes = ByteTemplate.Empty, End = EndRule.Rst, Within = TimeSpan.FromSeconds(5) } }],
        };
        ScenarioTree tree = Made.Tree(scenario) with
        {
            Dialects = new Dictionary<string, Dialect> { ["one"] = Dialect("one", "primary") },
        };
        string text = Explain(scenario, tree);
        Assert.Contains("  sends port     \"105536\\0\"   40000 stands for the port that the client listens on; 65536 is added to it\n", text);
        Assert.Contains("accepts it only after 0.300 s\n", text);
        Assert.Contains("  pauses 1.000 s\n  sends on aux the signal byte 15\n  resets aux (RST)\n", text);
        Assert.Contains("  primary no byte, then a reset (RST), within 5.000 s; a close (FIN or RST) if the request is cut into segments\n  aux     no connection\n", text);
        Assert.DoesNotContain('\x1b', text);
    }

    private static Dialect Dialect(string name, string? status)
    {
        var properties = new Dictionary<string, DialectProperty> { ["aux-connect"] = new("aux-connect", "never", Made.Manual) };
        if (status is not null)
        {
            properties["status-stream"] = new("status-stream", status, Made.Manual);
        }

        return new Dialect
        {
            Name = name, Title = name, Properties = properties, Diagnostics = new Dictionary<string, Diagnostic>(), File = name + ".yaml",
        };
    }

    private static string Explain(Scenario scenario, ScenarioTree tree)
    {
        var output = new StringWriter { NewLine = "\n" };
        Explanation.Write(output, scenario, tree);
        return output.ToString();
    }
}
