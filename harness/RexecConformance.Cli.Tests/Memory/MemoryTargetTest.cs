using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Cli.Targets;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Memory;

/// <summary>The target in memory: one case, one outcome, the same each time.</summary>
[Trait("needs", "nothing")]
public sealed class MemoryTargetTest
{
    private static readonly AuxBehaviour s_none = new(AuxMode.None, TimeSpan.Zero);

    [Fact]
    public async Task A_case_with_aux_brings_both_streams()
    {
        await using MemoryTarget target = Start("memory:solaris");
        FuzzOutcome outcome = await target.AskAsync(
            Case(new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero), [new BytesStep("port", new ByteTemplate([new AuxPortPart(65536), new LiteralPart([0])])), .. Request("good", "echo out; echo err >&2")[1..]]),
            default);
        Assert.Equal(("out\n", StreamEnd.Fin), Seen(outcome.Primary));
        Assert.Equal(("\0err\n", StreamEnd.Fin), Seen(outcome.Aux));
        Assert.Equal((5, null), (outcome.AuxPort.ToString().Length, outcome.Trouble));
    }

    [Fact]
    public async Task Waits_cost_no_time()
    {
        await using MemoryTarget target = Start("memory:debian");
        var pause = new PauseStep(TimeSpan.FromSeconds(59));
        FuzzOutcome outcome = await target.AskAsync(Case(s_none, [pause, .. Request("good", "sleep 2")]), default);
        Assert.Equal((("\0", StreamEnd.Fin), TimeSpan.FromSeconds(61)), (Seen(outcome.Primary), outcome.Duration));
        FuzzOutcome late = await target.AskAsync(Case(s_none, [pause, pause, .. Request("good", "sleep 2")]), default);
        Assert.Equal(("", StreamEnd.Fin), Seen(late.Primary));
    }

    [Fact]
    public async Task A_request_without_an_end_stays_open_for_ten_seconds()
    {
        await using MemoryTarget target = Start("memory");
        FuzzOutcome outcome = await target.AskAsync(Case(s_none, Request("good", "true")[..3]), default);
        Assert.Equal((("", StreamEnd.Open), TimeSpan.FromSeconds(10), null), (Seen(outcome.Primary), outcome.Duration, outcome.Trouble));
    }

    [Fact]
    public async Task Awaiting_steps_go_on_when_it_is_there()
    {
        await using MemoryTarget target = Start("memory:bsd44");
        SendStep[] steps =
        [
            .. Request("good", "cat"), new AwaitBytesStep(StreamName.Primary, Template("\0"), TimeSpan.FromSeconds(5)), Bytes("stdin", "in"),
            new HalfCloseStep(StreamName.Primary), new AwaitEndStep(StreamName.Primary, TimeSpan.FromSeconds(5)),
        ];
        FuzzOutcome outcome = await target.AskAsync(Case(s_none, steps), default);
        Assert.Equal((("\0in", StreamEnd.Fin), TimeSpan.Zero), (Seen(outcome.Primary), outcome.Duration));
    }

    [Fact]
    public async Task Companions_act_in_turn_on_the_same_server()
    {
        // The second name is read when the first is in the buffer: step by step, one client after the other.
        await using MemoryTarget target = Start("memory:bsd44,fault=kept-user-name");
        FuzzCase companion = Case(s_none, Request("go", "id -un"));
        FuzzOutcome outcome = await target.AskAsync(Case(s_none, Request("good", "id -un")) with { Companions = [companion, companion] }, default);
        Assert.Equal(("\0good\n", StreamEnd.Fin), Seen(outcome.Primary));
        Assert.All(outcome.Companions, other => Assert.Equal(("\0good\n", StreamEnd.Fin), Seen(other.Primary)));
        Assert.Equal(("\u0001Login incorrect.\n", StreamEnd.Fin), Seen((await target.AskAsync(companion, default)).Primary));
    }

    [Theory]
    [InlineData("aux-left-open", "left its auxiliary connection open")]
    [InlineData("leaked-descriptor", "left open")]
    [InlineData("ends-at-eight-bit", "the server ended")]
    public async Task What_is_wrong_beyond_the_bytes_is_trouble(string fault, string trouble)
    {
        await using MemoryTarget target = Start("memory:bsd44,fault=" + fault);
        FuzzCase wrong = Case(new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero), [new BytesStep("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])), .. Request("\u00e9", "true")[1..]]);
        Assert.Contains(trouble, (await target.AskAsync(wrong, default)).Trouble);
        Assert.Null((await target.AskAsync(Case(s_none, Request("good", "true")), default)).Trouble);
    }

    [Fact]
    public async Task The_same_case_has_the_same_outcome_on_any_thread()
    {
        await using MemoryTarget target = Start("memory:illumos");
        FuzzCase one = Case(new AuxBehaviour(AuxMode.AcceptLate, TimeSpan.FromMilliseconds(3)), [new BytesStep("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])), .. Request("good", "echo out; echo err >&2")[1..], new SignalStep([15])]);
        string[] outcomes = [.. Enumerable.Range(0, 200).AsParallel().Select(_ => Text(target.AskAsync(one, default).AsTask().GetAwaiter().GetResult()))];
        Assert.Single(outcomes.Distinct());
    }

    [Theory]
    [InlineData("memory:nosuch", "no dialect 'nosuch'")]
    [InlineData("memory:bsd44,fault=nosuch", "fault: unknown value 'nosuch'")]
    [InlineData("memory:bsd44,commands=shell", "the option commands=shell is not known, expected fault=NAME[+NAME...] or dialect-file=FILE")]
    [InlineData("memory:bsd44,dialect-file=/nosuch/file", "/nosuch/file")]
    public void A_wrong_target_is_one_line(string target, string message) =>
        Assert.Contains(message, Assert.Throws<TargetSpecException>(() => Start(target)).Message);

    [Fact]
    public async Task No_other_verb_takes_it()
    {
        var planned = new PlannedTarget(TargetSpec.Parse("memory:bsd44"), "bsd44");
        TargetSpecException refused = await Assert.ThrowsAsync<TargetSpecException>(() => TargetOpener.OpenAsync(planned, Fixtures.None, default));
        Assert.Contains("only fuzz takes", refused.Message);
    }

    private static MemoryTarget Start(string text)
    {
        TargetSpec spec = TargetSpec.Parse(text);
        return MemoryTarget.Start(spec, spec.Argument.Length > 0 ? spec.Argument : "bsd44", null);
    }

    private static FuzzCase Case(AuxBehaviour aux, SendStep[] send) => new()
    {
        Origin = new CaseOrigin(1, 0, "test"),
        Send = send,
        Fragments = new PerFieldFragmentation(),
        Aux = aux,
    };

    private static SendStep[] Request(string user, string command) =>
        [Bytes("port", "\0"), Bytes("username", user + "\0"), Bytes("password", "secret\0"), Bytes("command", command + "\0")];

    private static BytesStep Bytes(string kind, string text) => new(kind, Template(text));

    private static ByteTemplate Template(string text) => new([new LiteralPart(Encoding.Latin1.GetBytes(text))]);

    private static (string Text, StreamEnd End) Seen(OutcomeStream stream) => (Encoding.Latin1.GetString(stream.Bytes), stream.End);

    private static string Text(FuzzOutcome outcome) => $"{Seen(outcome.Primary)} {outcome.Aux.Connected} {Seen(outcome.Aux)} {outcome.AnsweredAfter} {outcome.Duration} {outcome.Trouble}";
}
