using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Requirements;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports;

/// <summary>Results made by hand.</summary>
internal static class Made
{
    public const string Password = "hunter2!";

    public static readonly Basis Manual = new(BasisKind.Documented, "the manual", "step 3", null);

    public static byte[] Bytes(string text) => ByteText.Latin1.GetBytes(text);

    public static ByteTemplate Template(string text) => new([new LiteralPart(Bytes(text))]);

    public static Scenario Scenario(string id = "some-case", string title = "A title", string folder = "port") => new()
    {
        Id = id,
        Title = title,
        Level = Level.Must,
        Requires = ["status-byte"],
        Tags = ["one", "two"],
        DependsOn = [],
        Needs = [],
        Aux = new AuxBehaviour(AuxMode.None, TimeSpan.Zero),
        Send =
        [
            new BytesStep("port", Template("0\0")),
            new BytesStep("username", new ByteTemplate([new AccountPart("good", "name"), new LiteralPart([0])])),
            new BytesStep("password", new ByteTemplate([new AccountPart("good", "password"), new LiteralPart([0])])),
            new BytesStep("command", new ByteTemplate([new OperationPart("write-out"), new LiteralPart([0])])),
        ],
        Fragments = [new WholeFragmentation(), new PerByteFragmentation()],
        Expect = [new Alternative { When = [], Accepted = new Accepted(Template("out\n"), ByteTemplate.Empty) }],
        File = Path.Combine("scenarios", "cases", folder, id + ".yaml"),
    };

    public static ScenarioTree Tree(params Scenario[] scenarios) => new(
        "scenarios",
        scenarios.Length == 0 ? [Scenario()] : scenarios,
        new Dictionary<string, Dialect>(),
        new Dictionary<string, Requirement>
        {
            ["status-byte"] = new(
                "status-byte", "One NUL byte comes first.", "must", ["sco"], [new("seed 000", 23, 23, null, "A null byte is returned", 1)], null, "requirements.yaml", 1),
            ["unseen"] = new(
                "unseen", "Nobody can see it.", "info", ["mks"], [new("seed 002", 0, 0, "4", "x", 9)], "it is inside", "requirements.yaml", 9),
        });

    public static ExpectedStream Expect(string text, EndRule end = EndRule.Fin) => Expect(Bytes(text), end);

    public static ExpectedStream Expect(byte[] bytes, EndRule end = EndRule.Fin) => new() { Content = ExpectedContent.Of(bytes), End = end };

    public static StreamTranscript Seen(byte[] bytes, StreamEnd end = StreamEnd.Fin) => new()
    {
        Connected = true,
        Chunks = bytes.Length == 0 ? [] : [new ReceivedChunk(TimeSpan.FromMilliseconds(2), bytes)],
        End = end,
        EndAt = TimeSpan.FromMilliseconds(5),
        Bytes = bytes,
    };

    public static TranscriptEvent Sent(string text) => new(TimeSpan.FromMilliseconds(1), StreamName.Primary, Bytes(text), "sent");

    /// <summary>A driven variant, judged by the judge itself.</summary>
    public static VariantResult Driven(
        ExpectedStream expected, StreamTranscript seen, Scenario? scenario = null, params TranscriptEvent[] events)
    {
        var exchange = new ExpectedExchange(expected, Expect("") with { Connected = false, Check = false }, [new BasisLine("text", Manual)]);
        var transcript = new Transcript
        {
            Events = events.Length == 0 ? [Sent($"0\0good\0{Password}\0echo out\0")] : events,
            Primary = seen,
            Aux = StreamTranscript.NotConnected,
            StepsDoneAt = TimeSpan.FromMilliseconds(1),
            UnmetAwaits = [],
            Fragments = Math.Max(1, events.Length),
            Duration = TimeSpan.FromMilliseconds(5),
        };
        IReadOnlyList<Finding> findings = Judge.Compare(exchange, transcript);
        return Undriven(findings.Count == 0 ? Verdict.Pass : Verdict.Fail, string.Join("; ", findings.Select(f => f.Text)), scenario) with
        {
            Findings = findings,
            Expected = exchange,
            Transcript = transcript,
        };
    }

    public static VariantResult Undriven(Verdict verdict, string reason, Scenario? scenario = null) => new()
    {
        Target = "tcp:host:512",
        Dialect = "bsd44",
        Variant = new Variant(scenario ?? Scenario(), new WholeFragmentation()),
        Verdict = verdict,
        Reason = reason,
    };

    public static TargetResult Target(string? failure, params VariantResult[] results) =>
        new("tcp:host:512", "bsd44", results, failure, 20, 10);

    /// <summary>What reports tell of these.</summary>
    public static ReportedRun Run(SummaryOptions? options, int exitCode, params TargetResult[] targets) =>
        new ResultMaker(Tree(), options ?? new SummaryOptions { Passwords = [Password] }).Of(targets, exitCode);
}
