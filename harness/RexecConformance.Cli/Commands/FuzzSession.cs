using RexecConformance.Accounts;
using RexecConformance.Captures.Writing;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Inetd;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>fuzz</c>, from its options to its exit code.</summary>
internal sealed record FuzzSession
{
    // A machine that may be somebody's gets no more than this without being told.
    private const long CasesElsewhere = 2000;

    // Most of a case over sockets is waiting, a second for a server that is right to say nothing. More than this make four cores no faster.
    private const int MostSocketJobs = 512;

    public string? Scenarios { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    public string? Dialect { get; init; }

    public TimeSpan Time { get; init; }

    public long? Cases { get; init; }

    public ulong? Seed { get; init; }

    public int? Jobs { get; init; }

    public int? Rate { get; init; }

    public int MaxFinds { get; init; }

    public required string Corpus { get; init; }

    public bool Resume { get; init; }

    public string? Replay { get; init; }

    public string? Report { get; init; }

    public bool ReportKnown { get; init; }

    public string? Capture { get; init; }

    public bool OwnsTarget { get; init; }

    /// <summary>Runs it; wrong usage is found before anything is started.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (ScenarioFolder.Load(Scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        try
        {
            return Replay is { } find ? await new FuzzReplay(this, tree).RunAsync(find, cancel) : await FuzzAsync(tree, cancel);
        }
        catch (Exception e) when (e is TargetSpecException or ReportException or CorpusException or FormatException)
        {
            return Said.Wrong(e);
        }
        catch (TargetStartException e)
        {
            return Said.Line(e.Message, ExitCodes.Target);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>What may be done to a machine that may be somebody's.</summary>
    public FuzzTargetsReach Reach(ScenarioTree tree) => new(OwnsTarget, Rate is { } rate ? rate * 60 : 60, Math.Max(10_000, (Cases ?? 0) * 8)) { Dialects = tree.Dialects };

    private async Task<int> FuzzAsync(ScenarioTree tree, CancellationToken cancel)
    {
        IReadOnlyList<IReadOnlyList<PlannedTarget>> plan = FuzzLanes.Plan(Targets.Count == 0 ? ["reference"] : Targets, Dialect, tree);
        List<string> names = [.. plan.SelectMany(lane => lane).Select(one => $"{one.Spec.Text} as {one.Dialect}")];
        using ReportFile? report = OpenReport();
        CaptureFolder? captures = CaptureOption.Open(Capture);
        using CorpusFolder corpus = CorpusFolder.Open(Corpus);
        CorpusState? state = Resume ? Earlier(corpus, names) : null;
        ulong seed = state?.Seed ?? Seed ?? (ulong)Random.Shared.NextInt64(1, 1L << 53);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        await using FuzzLanes lanes = await FuzzLanes.OpenAsync(plan, tree, Reach(tree), cancel);
        Warn($"seed {seed}, corpus {Corpus}{(state is null ? "" : $", from case {state.Next} on")}");
        var vocabulary = new Fuzzing.Oracles.Vocabulary(tree.Dialects.Values);
        var run = new FuzzRun(
            [.. lanes.Lanes.Select(lane => new Examiner(lane, vocabulary, ReportKnown))],
            new Generator(seed, World(tree, lanes)),
            HarmlessCommands.Safe,
            Options(lanes, names, seed),
            corpus,
            state);
        FuzzResult result;
        await using (LiveLine.Start(() => (run.Counters.Line, run.Counters.Finds > 0)))
        {
            result = await run.RunAsync(Warn, cancel);
        }

        int exitCode = ExitCode(result);
        Interruption.Note = $"{Corpus} keeps what was found; --resume goes on from there";
        try
        {
            FuzzCaptures.Write(captures, Capture, result);
            if (report is not null)
            {
                FuzzResultFile.Write(report, result, started, exitCode);
            }
        }
        finally
        {
            // What was found is told even where a report of it can't be written.
            TextWriter output = Report == "json=-" ? Console.Error : Console.Out;
            FuzzSummary.Write(BuildLog.Of(output), result, Colour(output));
        }

        return exitCode;
    }

    /// <summary>Colour goes to a terminal only.</summary>
    public static bool Colour(TextWriter output) => Terminal.Colour(output);

    private FuzzOptions Options(FuzzLanes lanes, IReadOnlyList<string> names, ulong seed) => new()
    {
        Seed = seed,
        End = Cases ?? (lanes.Elsewhere ? CasesElsewhere : null),
        Time = Time,
        Jobs = Jobs ?? (lanes.Lanes.All(lane => lane.InMemory) ? Environment.ProcessorCount : Math.Min(MostSocketJobs, lanes.Targets.Min(target => target.AtOnce))),
        Rate = Rate ?? (lanes.Elsewhere ? 1 : 0),
        MaxFinds = MaxFinds,
        ReportKnown = ReportKnown,
        Targets = names,
        Command = CommandOf,
    };

    private string CommandOf(FuzzLane lane, string path)
    {
        string targets = string.Join(',', lane.Parties.Select(party => party.Target.Name));
        string? dialect = lane.Parties.Select(party => party.Target).FirstOrDefault(target => target.Name.StartsWith("tcp:", StringComparison.Ordinal) || target.Name.StartsWith("inetd:", StringComparison.Ordinal) || Dialect is not (null or "all"))?.Dialect;
        return $"rexec-conformance fuzz --targets {ShellWord.Quote(targets)}{(dialect is null ? "" : " --dialect " + dialect)}{(Scenarios is null ? "" : " --scenarios " + ShellWord.Quote(Scenarios))}{(ReportKnown ? " --known report" : "")}{(OwnsTarget ? " --i-own-this-target" : "")} --replay {ShellWord.Quote(path)}";
    }

    private static GeneratorWorld World(ScenarioTree tree, FuzzLanes lanes)
    {
        IFuzzTarget first = lanes.Targets[0];

        // What both have: the accounts of one of them mean nothing to the other.
        List<Account> shared = [.. first.Accounts.Accounts.Where(account => lanes.Targets.All(target => target.Accounts.TryGet(account.Key, out Account? other) && other.Name == account.Name))];
        return GeneratorWorld.Of(tree, shared.Count == first.Accounts.Accounts.Count ? first.Accounts : AccountFile.Of(shared), first.Shell) with
        {
            Walked = lanes.Targets.Select(target => FieldLimits.OwnOf(tree.Dialects[target.Dialect], FuzzLanes.ArgumentList(target))).Aggregate((one, other) => one.And(other)),
            Lanes = lanes.Lanes.Count,
            HarmlessCommandsOnly = lanes.Targets.Any(target => target.RealShell),
            InMemory = lanes.Targets.All(target => target.InMemory),
            Conversations = CapturedRequests.Read(Path.Combine(tree.Directory, "..", "pcaps")),
        };
    }

    private CorpusState? Earlier(CorpusFolder corpus, IReadOnlyList<string> names)
    {
        if (corpus.ReadState() is not { } state)
        {
            Warn($"nothing to resume in {Corpus}: the run begins anew");
            return null;
        }

        if (!state.Targets.SequenceEqual(names))
        {
            throw new CorpusException(PlainText.OneLine($"--resume: the run in {Corpus} is of {string.Join(", ", state.Targets.Take(2))}, not of {string.Join(", ", names.Take(2))}: name another folder with --corpus"));
        }

        if (Seed is { } seed && seed != state.Seed)
        {
            throw new CorpusException($"--resume: the run in {Corpus} has the seed {state.Seed}, not {seed}: leave --seed out");
        }

        if (state.Suite != SuiteVersion.Text)
        {
            Warn($"the run in {Corpus} is of version {state.Suite}: its numbers may stand for other cases now");
        }

        return state;
    }

    private ReportFile? OpenReport() => Report switch
    {
        null => null,
        _ when Report.StartsWith("json=", StringComparison.Ordinal) && Report.Length > 5 => ReportFile.Open(Report[5..]),
        _ => throw new ReportException($"--report is '{Report}', expected json=FILE (- is standard output)"),
    };

    private static int ExitCode(FuzzResult result) =>
        result.OwnFault ? ExitCodes.OwnFault
        : result.Interrupted ? ExitCodes.Interrupted
        : result.Failure is not null && result.Finds.All(find => find.Oracle != "trouble") ? ExitCodes.Target
        : result.Finds.Count > 0 ? ExitCodes.Red
        : result is { Cases: 0, Withheld: > 0 } ? ExitCodes.NothingMatched
        : ExitCodes.Green;

    private static void Warn(string line) => Console.Error.WriteLine(PlainText.OneLine("rexec-conformance: " + line));
}
