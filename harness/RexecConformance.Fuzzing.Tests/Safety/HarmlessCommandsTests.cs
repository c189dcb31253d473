using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Fuzzing.Tests.Generating;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Safety;

/// <summary>What may be sent to a server with a real shell.</summary>
public sealed class HarmlessCommandsTests(ITestOutputHelper output)
{
    private const int Cases = 100_000;

    [Fact]
    public void All_cases_of_a_harmless_world_are_safe()
    {
        var generator = new Generator(11, Worlds.Suite with { HarmlessCommandsOnly = true });
        var families = new Dictionary<string, int>();
        for (int i = 0; i < Cases; i++)
        {
            FuzzCase made = generator.Create(i);
            Assert.True(HarmlessCommands.Safe(made, TestContext.Default), $"case {i}, {made.Origin.Family}");
            families[made.Origin.Family] = families.GetValueOrDefault(made.Origin.Family) + 1;
        }

        output.WriteLine(string.Join('\n', families.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));

        // Safety must not have cost the ideas.
        foreach (string family in new[] { "field-missing", "field-doubled", "fields-swapped", "fields-merged", "unfinished", "ended-early", "input", "odd-username", "command-length", "mutated-scenario", "other-protocol", "interleaved" })
        {
            Assert.True(families.GetValueOrDefault(family) > Cases / 1000, $"{families.GetValueOrDefault(family)} cases of {family}");
        }
    }

    [Fact]
    public void Cases_for_a_server_that_runs_nothing_are_often_not()
    {
        var generator = new Generator(11, Worlds.Suite);
        int unsafeOnes = Enumerable.Range(0, 2000).Count(i => !HarmlessCommands.Safe(generator.Create(i), TestContext.Default));
        Assert.InRange(unsafeOnes, 500, 2000);
    }

    [Theory]
    [InlineData("0\0good\0secret\0echo out\0")]
    [InlineData("0\0good\0secret\0  echo out; echo err >&2 \t # padding of 1.0-x\0")]
    [InlineData("0\0good\0secret\0\0")]
    [InlineData("0\0good\0secret\0cat\0true\n12\n")]
    [InlineData("0\0good\0secret\0cat\0echo out\0")]
    [InlineData("0\0rm -rf /\0reboot\0true\0")]
    [InlineData("true\0true\0true\0")]
    [InlineData("0\0good\0")]
    [InlineData("0\0good\0secret\0echo out")]
    [InlineData("")]
    public void Harmless_requests(string request) => Assert.True(Safe(request));

    [Theory]
    [InlineData("0\0good\0secret\0rm -rf /\0")]
    [InlineData("0\0good\0secret\0echo out;reboot\0")]
    [InlineData("0\0good\0secret\0true #`reboot`\0")]
    [InlineData("0\0good\0secret\0true#\0")]
    [InlineData("0\0good\0secret\0true # \nreboot\0")]
    [InlineData("0\0good\0secret\0true # \rreboot\0")]
    [InlineData("0\0good\0secret\0true \nreboot\0")]
    [InlineData("0\0good\0secret\0$0\0")]
    [InlineData("0\0good\0secret\0cat\0reboot\n")]
    [InlineData("0\0good\0secret\0true\0reboot\0")]
    // Fields doubled: what was the password is the command.
    [InlineData("0\00\0good\0rm -rf /\0true\0")]
    [InlineData("0\0good\0good\0rm -rf /\0true\0")]
    // Too few fields: a server that goes on at the end runs what it has.
    [InlineData("0\0good\0rm -rf /\0")]
    [InlineData("0\0good\0rm -rf /")]
    [InlineData("0\0reboot\0")]
    [InlineData("reboot")]
    [InlineData("0\0good\0secret\0reboot")]
    [InlineData("0\0good\0secret\0cat >&2")]
    public void Hostile_requests(string request) => Assert.False(Safe(request));

    [Fact]
    public void A_reset_in_the_middle_is_read_as_the_beginning_of_the_request()
    {
        // Whole, the name is no command; cut behind it, it may be one.
        const string Request = "0\0reboot\0secret\0true\0";
        Assert.True(Safe(Request));
        Assert.False(Safe(Request, new ResetStep(StreamName.Primary)));
        Assert.False(Safe(Request, new CloseStep(StreamName.Primary)));
        Assert.True(Safe("0\0good\0secret\0true\0", new ResetStep(StreamName.Primary)));
        Assert.True(Safe(Request, new HalfCloseStep(StreamName.Primary)));
        Assert.True(Safe(Request, new ResetStep(StreamName.Aux)));

        // Its beginning `cat >` would write into a file that the rest of another field names.
        Assert.False(Safe("0\0good\0echo out; echo err >&2\0cat >&2\0", new ResetStep(StreamName.Primary)));
    }

    [Fact]
    public void What_stands_behind_a_half_close_or_a_wait_may_never_be_seen()
    {
        FuzzCase whole = Case("0\0reboot\0secret\0true\0");
        Assert.True(HarmlessCommands.Safe(whole, TestContext.Default));
        SendStep[] ends =
        [
            new HalfCloseStep(StreamName.Primary), new AwaitAuxStep(TimeSpan.FromSeconds(1)), new AwaitEndStep(StreamName.Aux, TimeSpan.FromSeconds(1)),
        ];
        foreach (SendStep end in ends)
        {
            FuzzCase cut = whole with { Send = [Bytes("0\0reboot"), end, Bytes("\0secret\0true\0")] };
            Assert.False(HarmlessCommands.Safe(cut, TestContext.Default));
            Assert.True(HarmlessCommands.Safe(whole with { Send = [.. whole.Send, end] }, TestContext.Default));
        }
    }

    [Fact]
    public void A_companion_is_looked_at_too()
    {
        FuzzCase harmless = Case("0\0good\0secret\0true\0");
        Assert.True(HarmlessCommands.Safe(harmless with { Companions = [harmless] }, TestContext.Default));
        Assert.False(HarmlessCommands.Safe(harmless with { Companions = [harmless, Case("0\0good\0secret\0reboot\0")] }, TestContext.Default));
    }

    [Fact]
    public void The_shell_of_a_target_adds_its_own_texts()
    {
        var shell = new Shell("qsh", new Dictionary<string, string> { ["nothing"] = "DSPJOB" });
        FuzzCase made = Case("0\0good\0secret\0DSPJOB\0");
        Assert.False(HarmlessCommands.Safe(made, TestContext.Default));
        Assert.True(HarmlessCommands.Safe(made, TestContext.Default, shell));
    }

    [Fact]
    public void Mixtures_of_what_a_cut_request_may_have_name_no_program_that_does_harm()
    {
        // A beginning of one text over the rest of another, as in one buffer for all fields.
        string[] harmful = ["halt", "reboot", "poweroff", "shutdown", "init", "telinit", "kexec", "sh", "bash", "dash", "ash", "rm", "dd", "kill", "killall", "su", "passwd", "mkfs", "at", "eject", "sync"];
        string[] texts = [.. CutRequests.Plain, .. CutRequests.Words, "0", "12345"];
        int mixtures = 0;
        foreach (string one in texts)
        {
            for (int cut = 0; cut <= one.Length; cut++)
            {
                foreach (string other in texts.Append(""))
                {
                    string mixture = one[..cut] + (other.Length > cut ? other[cut..] : "");
                    mixtures++;
                    Assert.DoesNotContain(mixture, c => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '-'));
                    Assert.DoesNotContain(mixture.Split(' ')[0], harmful);
                }
            }
        }

        Assert.True(mixtures > 10_000);
    }

    private static bool Safe(string request, params SendStep[] then) => HarmlessCommands.Safe(Case(request, then), TestContext.Default);

    private static BytesStep Bytes(string text) => new("bytes", new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(text))]));

    private static FuzzCase Case(string request, params SendStep[] then) => new()
    {
        Origin = new CaseOrigin(0, 0, "test"),
        Aux = new AuxBehaviour(AuxMode.None, TimeSpan.Zero),
        Fragments = new WholeFragmentation(),
        Send = [new BytesStep("bytes", new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(request))])), .. then],
    };
}
