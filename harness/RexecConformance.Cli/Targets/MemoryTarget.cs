using Rexecd;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;
using AccountFile = RexecConformance.Accounts.AccountFile;

namespace RexecConformance.Cli.Targets;

/// <summary>The reference server in this process, without sockets and in a time of its own: <c>memory[:DIALECT]</c>.</summary>
internal sealed class MemoryTarget : IFuzzTarget
{
    // Five digits, as the kernel gives them, and not those of one that the request may wrap to.
    private const int FirstAuxPort = 40_001;
    private const int FirstPrivilegedPort = 1_001;

    private readonly MemoryServer _server;
    private readonly MemoryContext.Texts _texts;
    private readonly int? _argumentList;

    private MemoryTarget(string name, string dialect, RexecServerOptions options, AccountFile accounts)
    {
        Name = name;
        Dialect = dialect;
        Accounts = accounts;
        _server = new MemoryServer(options);
        _texts = new MemoryContext.Texts(accounts);
        _argumentList = ReferenceTarget.ScriptedArgument(dialect);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Dialect { get; }

    /// <inheritdoc/>
    public AccountFile Accounts { get; }

    /// <inheritdoc/>
    public Shell Shell => Shell.Sh;

    /// <inheritdoc/>
    public bool RealShell => false;

    /// <inheritdoc/>
    public bool InMemory => true;

    /// <inheritdoc/>
    public int AtOnce => int.MaxValue;

    /// <summary>A server that serves a dialect, perhaps with entries of it changed by a file and with defects.</summary>
    /// <exception cref="TargetSpecException">There is no such dialect or defect, or a file is wrong.</exception>
    public static MemoryTarget Start(TargetSpec spec, string served, Fixtures? fixtures)
    {
        ReferenceOptions options = ReferenceOptions.Read(spec);
        try
        {
            RexecServerOptions server = ReferenceTarget.Options(fixtures) with { Dialect = ReferenceTarget.Load(spec, served, options.DialectFile) };
            return new MemoryTarget(spec.Text, served, options.WithFaults(spec, server), fixtures?.Accounts ?? AccountFile.Default);
        }
        catch (FileFormatException e)
        {
            throw new TargetSpecException(e.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FuzzOutcome> AskAsync(FuzzCase fuzzCase, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();

        // With a scheduler of its own continuations would be queued for it instead of running at once.
        return TaskScheduler.Current == TaskScheduler.Default
            ? ValueTask.FromResult(Ask(fuzzCase))
            : new ValueTask<FuzzOutcome>(Task.Run(() => Ask(fuzzCase), cancel));
    }

    /// <inheritdoc/>
    public ValueTask<string?> HealthAsync(CancellationToken cancel) => ValueTask.FromResult<string?>(null); // Each case has a server of its own.

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The server as each case finds it.</summary>
    internal MemoryWorld Open() => _server.Open();

    /// <summary>What the client's port is, and does.</summary>
    /// <param name="behaviour">Of the case.</param>
    /// <param name="number">Of the client, from 0.</param>
    internal static MemoryAux Aux(AuxBehaviour behaviour, int number) => behaviour.Mode switch
    {
        AuxMode.None => MemoryAux.None,
        AuxMode.Refuse => new MemoryAux(FirstAuxPort + number, MemoryAuxMode.Refuse, default),
        AuxMode.NeverAccept => new MemoryAux(FirstAuxPort + number, MemoryAuxMode.NeverAccept, default),
        AuxMode.Reset => new MemoryAux(FirstAuxPort + number, MemoryAuxMode.Reset, default),
        AuxMode.BacklogFull => new MemoryAux(FirstAuxPort + number, MemoryAuxMode.Unanswered, default),
        AuxMode.Privileged => new MemoryAux(FirstPrivilegedPort + (number % 20), MemoryAuxMode.Accept, default),
        _ => new MemoryAux(FirstAuxPort + number, MemoryAuxMode.Accept, behaviour.After),
    };

    /// <summary>The steps of one client.</summary>
    internal IReadOnlyList<WireStep>? Steps(IReadOnlyList<SendStep> send, Fragmentation fragments, int auxPort) =>
        TargetContext.WithShell(send, Shell) is { } inShell
            ? SendExpansion.Expand(inShell, fragments, new MemoryContext(_texts, auxPort, _argumentList))
            : null;

    private FuzzOutcome Ask(FuzzCase fuzzCase)
    {
        using MemoryWorld world = _server.Open();
        int clients = 1 + fuzzCase.Companions.Count;
        var players = new MemoryPlayer[clients];
        for (int i = 0; i < clients; i++)
        {
            FuzzCase one = i == 0 ? fuzzCase : fuzzCase.Companions[i - 1];
            MemoryAux aux = Aux(one.Aux, i);
            if (Steps(one.Send, one.Fragments, aux.Port) is not { } steps)
            {
                return new FuzzOutcome { Primary = OutcomeStream.None, Aux = OutcomeStream.None, Trouble = $"the shell '{Shell.Name}' has no text for an operation of the case" };
            }

            players[i] = new MemoryPlayer(world, steps, aux);
        }

        Play(world, players, StreamWait.DefaultWithin);
        string? trouble = world.Ended;
        FuzzOutcome outcome = players[0].Finish(trouble, alone: clients == 1);
        if (clients > 1)
        {
            outcome = outcome with { Companions = [.. players[1..].Select(player => player.Finish(trouble, alone: false))] };
        }

        // What sessions left is known when all are over.
        return outcome.Trouble is null && world.Left is > 0 and var left
            ? outcome with { Trouble = left == 1 ? "a connection or descriptor was left open" : $"{left} connections or descriptors were left open" }
            : outcome;
    }

    /// <summary>Each client does a step in its turn; then all are waited for.</summary>
    internal static void Play(MemoryWorld world, MemoryPlayer[] players, TimeSpan within)
    {
        for (bool more = true; more;)
        {
            more = false;
            foreach (MemoryPlayer player in players)
            {
                if (player.HasSteps)
                {
                    player.Step();
                    more |= player.HasSteps;
                }
            }
        }

        TimeSpan limit = world.Now + within;
        while (!AllDone(players) && world.Advance(limit))
        {
            foreach (MemoryPlayer player in players)
            {
                player.Look();
            }
        }
    }

    private static bool AllDone(MemoryPlayer[] players)
    {
        foreach (MemoryPlayer player in players)
        {
            if (!player.Done)
            {
                return false;
            }
        }

        return true;
    }
}
