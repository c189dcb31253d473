using System.Net.Sockets;
using RexecConformance.Bytes;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Fuzzing;

/// <summary>Cases over sockets bring what a server sends, and how it ends each stream.</summary>
[Trait("needs", "loopback")]
public sealed class SocketTargetTest
{
    public static TheoryData<string, string[], string, string, StreamEnd, string?> Answers { get; } = new()
    {
        { "bsd44", ["", "good", "secret", "echo out; echo err >&2"], "whole", "\0out\nerr\n", StreamEnd.Fin, null },
        { "bsd44", ["P", "good", "secret", "echo out; echo err >&2"], "per-byte", "\0out\n", StreamEnd.Fin, "err\n" },
        { "inetutils", ["P", "good", "secret", "echo out; echo err >&2"], "per-field", "out\n", StreamEnd.Fin, "\0err\n" },
        { "bsd44", ["", "abcdefghijklmno", "secret", "true"], "whole", "\x01username too long\n", StreamEnd.Rst, null },
        { "debian", ["P", "good", "wrong", "true"], "whole", "", StreamEnd.Fin, "" },
        { "bsd44", ["", "good"], "whole", "", StreamEnd.Open, null },
        { "bsd44", ["P", "good"], "whole", "", StreamEnd.Open, "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_outcome_is_what_came(string dialect, string[] fields, string cut, string primary, StreamEnd end, string? aux)
    {
        await using IFuzzTarget target = await OpenAsync("reference:" + dialect);
        Fragmentation fragments = cut switch { "per-byte" => new PerByteFragmentation(), "per-field" => new PerFieldFragmentation(), _ => new WholeFragmentation() };
        FuzzOutcome outcome = await target.AskAsync(Cases.Of(fields, fragments), default);
        Assert.Null(outcome.Trouble);
        Assert.Equal(primary, ByteText.Latin1.GetString(outcome.Primary.Bytes));
        Assert.Equal(end, outcome.Primary.End);
        Assert.Equal(aux is not null, outcome.Aux.Connected);
        Assert.Equal(aux ?? "", ByteText.Latin1.GetString(outcome.Aux.Bytes));
        Assert.Equal(fields[0] == "P", outcome.AuxPort > 0);
        Assert.Null(await target.HealthAsync(default));
    }

    [Theory]
    [InlineData("bsd44,fault=leaked-descriptor", true)]
    [InlineData("bsd44", false)]
    public async Task Descriptors_that_refusals_leave_are_told(string server, bool left)
    {
        await using IFuzzTarget target = await OpenAsync("reference:" + server);
        for (int i = 0; i < 40; i++)
        {
            _ = await target.AskAsync(Cases.Of(["", "nobody", "x", "true"]), default);
        }

        string? line = await target.HealthAsync(default);
        Assert.Equal(left, line?.Contains(" files, ", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_dialect_that_hangs_leaves_nothing_by_hanging()
    {
        await using IFuzzTarget target = await OpenAsync("reference:interix");
        FuzzOutcome outcome = await target.AskAsync(Cases.Of(["P"], then: [new CloseStep(StreamName.Primary)]), default);
        Assert.Equal(StreamEnd.Left, outcome.Primary.End);
        Assert.Null(await target.HealthAsync(default));
    }

    [Fact]
    public async Task A_server_of_scripted_commands_is_no_real_shell_to_what_is_demanded()
    {
        await using IFuzzTarget server = await OpenAsync("reference:debian,commands=shell");
        Assert.True(await FuzzShell.HasEnvironmentAsync(server, default));
        await using IFuzzTarget scripted = await OpenAsync("reference:debian");
        Assert.False(await FuzzShell.HasEnvironmentAsync(scripted, default));
    }

    [Fact]
    public async Task A_client_that_resets_has_left()
    {
        await using IFuzzTarget target = await OpenAsync("reference:bsd44");
        FuzzOutcome outcome = await target.AskAsync(Cases.Of(["P", "good"], then: [new AwaitAuxStep(TimeSpan.FromSeconds(5)), new ResetStep(StreamName.Primary)]), default);
        Assert.Equal(StreamEnd.Left, outcome.Primary.End);
        Assert.Equal((true, StreamEnd.Fin), (outcome.Aux.Connected, outcome.Aux.End));
        Assert.Empty(outcome.Aux.Bytes);
    }

    [Fact]
    public async Task Companions_take_turns_and_have_outcomes_of_their_own()
    {
        await using IFuzzTarget target = await OpenAsync("reference:bsd44");
        FuzzCase both = Cases.Of(["P", "good", "secret", "echo out"], new PerFieldFragmentation()) with
        {
            Companions = [Cases.Of(["", "nobody", "x", "true"], new PerFieldFragmentation()), Cases.Of(["P", "good", "secret", "exit 7"])],
        };
        FuzzOutcome outcome = await target.AskAsync(both, default);
        Assert.Equal("\0out\n", ByteText.Latin1.GetString(outcome.Primary.Bytes));
        Assert.Equal(["\x01Login incorrect.\n", "\0"], outcome.Companions.Select(one => ByteText.Latin1.GetString(one.Primary.Bytes)));
        Assert.NotEqual(outcome.AuxPort, outcome.Companions[1].AuxPort);

        // The second client's first act is done before the first one's second.
        TimeSpan second = SentAt(outcome, 1) + outcome.Transcript!.StartedAt!.Value.TimeOfDay;
        TimeSpan first = SentAt(outcome.Companions[0], 0) + outcome.Companions[0].Transcript!.StartedAt!.Value.TimeOfDay;
        Assert.True(first < second + TimeSpan.FromMilliseconds(1), $"the companion began at {first}, the second act was at {second}");
    }

    [Fact]
    public async Task An_answer_in_a_pause_is_told_with_what_had_been_sent()
    {
        await using IFuzzTarget target = await OpenAsync("reference:bsd44");
        FuzzCase paused = Cases.Of([""], then:
        [
            new BytesStep("bytes", new ByteTemplate([new LiteralPart([.. Enumerable.Repeat((byte)'x', 16)])])),
            new PauseStep(TimeSpan.FromMilliseconds(200)),
            new BytesStep("bytes", new ByteTemplate([new LiteralPart([(byte)'y'])])),
        ]);
        Assert.Equal(17, (await target.AskAsync(paused, default)).AnsweredAfter);
    }

    [Fact]
    public async Task Nobody_there_is_trouble_and_no_exception()
    {
        ReferenceTarget server = ReferenceTarget.Start(TargetSpec.Parse("reference:bsd44"), "bsd44", new TargetProfile { Dialect = "bsd44", Accounts = Suite.Tree.Fixtures.Accounts });
        int port = (await server.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, default))!.Port;
        await using IFuzzTarget target = await OpenAsync($"tcp:127.0.0.1:{port}", "bsd44");
        await server.DisposeAsync();
        FuzzOutcome outcome = await target.AskAsync(Cases.Of(["", "good", "secret", "true"]), default);
        Assert.StartsWith("the server does not accept: ", outcome.Trouble, StringComparison.Ordinal);
        Assert.False(outcome.Primary.Connected);
    }

    private static TimeSpan SentAt(FuzzOutcome outcome, int act) => outcome.Transcript!.Events.Where(e => e.Sent is not null).ElementAt(act).At;

    internal static Task<IFuzzTarget> OpenAsync(string text, string? dialect = null)
    {
        PlannedTarget planned = TargetOpener.Plan([text], dialect, Suite.Tree)[0];
        return FuzzTargets.OpenAsync(planned, Suite.Tree.Fixtures, new FuzzTargetsReach { Dialects = Suite.Tree.Dialects }, default);
    }
}
