using System.Net.Sockets;
using Rexecd;
using RexecConformance.Bytes;
using RexecConformance.Cli.Targets;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;
using Dialect = RexecConformance.Dialects.Dialect;

namespace RexecConformance.Cli.Tests.Memory;

/// <summary>Drives variants of scenarios on a server in memory and judges them as a run over sockets is judged.</summary>
internal sealed class MemoryJudging(string name, Dialect dialect)
{
    private static readonly TimeSpan s_waitInVain = TimeSpan.FromMilliseconds(200);
    private static readonly string[] s_has = ["accounts", "ipv4", "argument-list", "privileged-port", "option:refuse-root", "fault:fork", "fault:pipe", "fault:no-reverse-name"];

    private readonly MemoryTarget _target = MemoryTarget.Start(TargetSpec.Parse("memory:" + name), name, null);
    private readonly int? _argumentList = ReferenceTarget.ScriptedArgument(name);

    /// <summary>Why a variant can't be driven without sockets, or null.</summary>
    public static string? Beyond(Variant variant)
    {
        Scenario scenario = variant.Scenario;
        return scenario.Others is not null ? "clients that wait for their turn: there is no listener"
            : scenario.Reading is not null ? "a slow reader: a client in memory reads at once"
            : scenario.Network == AddressFamily.InterNetworkV6 ? "IPv6: there is no network"
            : scenario.Needs.Concat(scenario.Setup.Needs).FirstOrDefault(need => !s_has.Contains(need)) is { } need ? $"needs {need}"
            : null;
    }

    /// <summary>What is not as the dialect says; empty is a pass, null is unspecified.</summary>
    public IReadOnlyList<Finding>? Judge(Variant variant)
    {
        Scenario scenario = variant.Scenario;
        using MemoryWorld world = Server(scenario.Setup).Open();
        var players = new MemoryPlayer[scenario.Sessions];
        var expected = new ExpectedExchange[scenario.Sessions];
        for (int i = 0; i < players.Length; i++)
        {
            MemoryAux aux = MemoryTarget.Aux(scenario.Aux, i);
            IReadOnlyList<WireStep> steps = _target.Steps(scenario.Send, variant.Fragmentation, aux.Port)!;
            bool split = steps.Count(step => step is Send { Stream: StreamName.Primary }) > 1;
            if (ExpectationResolver.Resolve(scenario, dialect, Context(aux.Port), _argumentList, split, out _) is not { } resolved)
            {
                return null;
            }

            expected[i] = resolved;
            players[i] = new MemoryPlayer(world, steps, aux, resolved.NeverAnswers ? s_waitInVain : null);
        }

        MemoryTarget.Play(world, players, TimeSpan.Zero);
        for (int i = 0; i < players.Length; i++)
        {
            Wait(world, players[i], expected[i]);
        }

        var findings = new List<Finding>();
        for (int i = 0; i < players.Length; i++)
        {
            findings.AddRange(Judging.Judge.Compare(expected[i], Transcript(world, players[i])));
            if (players[i].Finish(world.Ended).Trouble is { } trouble)
            {
                findings.Add(new Finding(FindingKind.Connection, null, trouble));
            }
        }

        return findings;
    }

    /// <summary>What came on a stream, for tests that compare.</summary>
    internal static Transcript Transcript(MemoryWorld world, MemoryPlayer player) => new()
    {
        Events = [],
        Primary = Stream(world, player.Session.Primary, TimeSpan.Zero),
        Aux = player.Session.Aux is { } aux ? Stream(world, aux, player.Session.AuxAt) : StreamTranscript.NotConnected,
        StepsDoneAt = player.StepsDoneAt,
        UnmetAwaits = player.Unmet,
        Duration = world.Now,
    };

    private static StreamTranscript Stream(MemoryWorld world, MemoryConnection connection, TimeSpan connectedAt) => new()
    {
        Connected = true,
        ConnectedAt = connectedAt,
        Chunks = [],
        Bytes = connection.Received.ToArray(),
        End = MemoryPlayer.EndOf(connection),
        EndAt = connection.End == MemoryEnd.Open ? world.Now : connection.EndedAt,
        Overflow = connection.Overflow,
    };

    // As the driver over sockets waits: for the end of a stream, or until its bytes are there and then for the time in which it must stay open.
    private static void Wait(MemoryWorld world, MemoryPlayer player, ExpectedExchange expected)
    {
        TimeSpan limit = world.Now + (expected.Primary.Within + TimeSpan.FromSeconds(2) ?? StreamWait.DefaultWithin);
        while (!(Reached(player.Session.Primary, expected.Primary) && AuxReached(player, expected.Aux)) && world.Advance(limit))
        {
        }

        limit = world.Now + new[] { expected.Primary.OpenFor, expected.Aux.OpenFor }.Max().GetValueOrDefault();
        while (world.Advance(limit))
        {
        }
    }

    private static bool Reached(MemoryConnection connection, ExpectedStream expected) =>
        connection.Ended || (expected is { End: EndRule.Open, OpenFor: not null } && connection.Received.Length >= expected.Content.MinLength);

    private static bool AuxReached(MemoryPlayer player, ExpectedStream expected) =>
        player.Session.Aux is { } aux ? Reached(aux, expected)
        : player.Done || (!expected.Connected && !player.Session.AuxWaits);

    private IByteContext Context(int port) => new MemoryContext(new MemoryContext.Texts(_target.Accounts), port, _argumentList);

    private MemoryServer Server(ServerSetup setup)
    {
        var options = new RexecServerOptions { Dialect = Rexecd.Dialect.Load(name), RefuseRoot = setup.Options.Contains("refuse-root") };
        return new MemoryServer(setup.Faults.Aggregate(options, (all, fault) => all.WithFault(fault)));
    }
}
