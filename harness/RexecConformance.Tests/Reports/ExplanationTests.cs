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
        Assert.Contains("      connects to the server's TCP port 512: the primary connection\n   1  sends port     \"0\\0\"   (no second connection is asked for)\n", text);
        Assert.Contains("   2  sends username \"good\\0\"   (who logs in)\n   3  sends password \"secret\\0\"\n   4  sends command  \"echo out\\0\"   (what is to run; with its NUL the request is whole)\n", text);
        Assert.Contains("\nthe server, in one, two\n  from step 4  accepts the login, says so with a NUL where it has one to say, and runs the command\n  primary      \"\\0out\\n\", then an orderly close (FIN)\n               (the NUL says: accepted; what follows the command has written)\n    basis in one\n      stream of the status byte: documented: the manual, step 3\n", text);
        Assert.Contains("    basis in two\n", text);
        Assert.EndsWith("\nunspecified: what the sources of these say nothing about is neither right nor wrong\n  three: unspecified: three says nothing about status-stream\n", text);
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
        Assert.Contains("   1  sends port     \"105536\\0\"   (where the client waits for a second connection, for error output)   40000 stands for the port that the client listens on; 65536 is added to it\n", text);
        Assert.Contains("accepts it only after 0.300 s\n", text);
        Assert.Contains("   2  pauses 1.000 s\n   3  sends on aux the signal byte 15\n   4  resets aux (RST)\n", text);
        Assert.Contains("  never        makes the auxiliary connection that was asked for\n  from step 1  answers\n", text);
        Assert.Contains("  primary      no byte, then a reset (RST), within 5.000 s; a close (FIN or RST) if the request is cut into segments\n  aux          no connection\n", text);
        Assert.DoesNotContain('\x1b', text);
    }

    [Fact]
    public void One_segmentation_one_dialect_and_digits()
    {
        Scenario scenario = Made.Scenario();
        ScenarioTree tree = Made.Tree() with { Dialects = new[] { Dialect("one", "primary"), Dialect("two", null) }.ToDictionary(d => d.Name) };
        var output = new StringWriter { NewLine = "\n" };
        Explanation.Write(output, scenario, tree, options: new ExplanationOptions { Dialect = "one", Hex = true, Segmentation = new PerByteFragmentation() });
        string text = output.ToString();
        Assert.Contains("  variant per-byte\n", text);
        Assert.Contains("   2  sends username 67 6f 6f 64 00   (who logs in)\n", text);
        Assert.Contains("\ncut into 23 TCP segments\n  30\n  00\n  67\n", text);
        Assert.Contains("\n  ... and 11 more\n", text);
        Assert.Contains("  primary      00 6f 75 74 0a, then", text);
        Assert.DoesNotContain("two", text.Replace("one, two", ""));
    }

    [Fact]
    public void A_refusal_is_told_with_its_cause_from_the_step_on_at_which_it_can_be_known()
    {
        Scenario scenario = Made.Scenario() with { Expect = [new Alternative { When = [], Refused = "username-too-long" }] };
        var diagnostic = new Diagnostic { Name = "username-too-long", Form = DiagnosticForm.Bytes, Content = Made.Template("\x01too long\n"), Basis = Made.Manual };
        Dialect one = Dialect("one", "primary") with { Diagnostics = new Dictionary<string, Diagnostic> { [diagnostic.Name] = diagnostic } };
        string text = Explain(scenario, Made.Tree() with { Dialects = new Dictionary<string, Dialect> { ["one"] = one } });
        Assert.Contains("  from step 2  refuses: the user name is too long for it\n", text);
        Assert.Contains("               (the byte 1 says: refused; what follows is the reason, for people)\n", text);
    }

    [Fact]
    public void What_is_not_decided_is_unspecified()
    {
        Scenario scenario = Made.Scenario() with { Undecided = true, Expect = [] };
        Assert.Contains("one: unspecified: nobody has decided yet", Explain(scenario, Made.Tree() with { Dialects = new Dictionary<string, Dialect> { ["one"] = Dialect("one", "primary") } }));
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
