using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Running;

/// <summary>One run of the fuzzer, from the replay of its corpus to its last look at the servers.</summary>
public sealed class FuzzRun
{
    private static readonly TimeSpan s_saveEvery = TimeSpan.FromSeconds(1);

    private readonly FuzzField _field;
    private readonly FindKeeper _keeper;
    private readonly CaseNumbers _numbers;
    private readonly CorpusState? _before;
    private readonly RatePacer _pacer;
    private readonly Lock _saving = new();

    /// <summary>Prepares a run.</summary>
    /// <param name="examiners">The targets: one examiner, or one for each dialect, which take turns.</param>
    /// <param name="generator">Makes the cases.</param>
    /// <param name="safe">Whether a case can run nothing but what is harmless; asked for targets with a real shell.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="corpus">The folder.</param>
    /// <param name="resumed">Where the run that this one goes on with stood, or null.</param>
    public FuzzRun(
        IReadOnlyList<Examiner> examiners, IFuzzGenerator generator, Func<FuzzCase, IByteContext, bool> safe, FuzzOptions options, CorpusFolder corpus, CorpusState? resumed = null)
    {
        _before = resumed;
        _field = new FuzzField
        {
            Examiners = examiners,
            Generator = generator,
            Safe = safe,
            Options = resumed is null ? options : options with { Seed = resumed.Seed, First = resumed.Next },
            Corpus = corpus,
            Counters = new FuzzCounters(),
        };
        _keeper = new FindKeeper(_field);
        _pacer = new RatePacer(options.Rate, TimeProvider.System);

        // A block costs little where a case costs microseconds; over sockets each case is a block.
        _numbers = new CaseNumbers(_field.Options.First, _field.Options.End ?? long.MaxValue, examiners.All(e => e.Lane.InMemory) ? 32 : 1);
    }

    /// <summary>For the line that says how far it is.</summary>
    public FuzzCounters Counters => _field.Counters;

    /// <summary>Runs until a bound is reached or it is cancelled; what was found by then is in the result and in the folder.</summary>
    /// <exception cref="CorpusException">The folder can't be written.</exception>
    /// <exception cref="ReportException">A find can't be written.</exception>
    /// <param name="warn">Is told of lines of the corpus that are left out.</param>
    /// <param name="cancel">Ends it within a second.</param>
    public async Task<FuzzResult> RunAsync(Action<string> warn, CancellationToken cancel)
    {
        Restore(warn);
        _field.Kept = Save;
        var corpus = new Queue<FuzzCase>(_field.Corpus.Journal.Read(warn));
        Save();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task workers = Task.WhenAll(Enumerable.Range(0, _field.Options.Jobs).Select(i => Task.Run(() => WorkAsync(i == 0, corpus, stop.Token), CancellationToken.None)));
        Task saving = SaveWhileAsync(workers);
        try
        {
            await new HealthWatch(_field, _keeper, _numbers).RunAsync(workers, stop.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What was found by now is the result.
        }
        catch (Exception e) when (e is not (CorpusException or ReportException))
        {
            _field.Fail(PlainText.OneLine($"{e.GetType().Name}: {e.Message}"), ownFault: true);
        }

        await workers;
        await saving;
        _field.ThrowUnwritten();
        Save();
        return Result(cancel.IsCancellationRequested);
    }

    private async Task WorkAsync(bool first, Queue<FuzzCase> corpus, CancellationToken cancel)
    {
        try
        {
            await new FuzzWorker(_field, _keeper, _numbers, _pacer).RunAsync(first, corpus, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The block in hand is not done, and a resumed run asks it again.
        }
    }

    private void Restore(Action<string> warn)
    {
        if (_before is null)
        {
            return;
        }

        var kinds = _before.Kinds.ToHashSet();
        foreach (FuzzFind find in _field.Corpus.ReadFinds(warn).Where(find => kinds.Contains(find.Kind)).OrderBy(find => find.FoundAt))
        {
            _keeper.Restore(find);
        }

        _field.Counters.AddWithheld(_before.Withheld);
        _field.Counters.AddNotRepeated(_before.NotRepeated);
        _field.Counters.AddKnown(_before.KnownDifferences);
        _field.Counters.AddReplies(_before.Replies.Select(pair => KeyValuePair.Create((pair.Key.Split(' ')[0], pair.Key.Split(' ')[^1]), pair.Value)));
    }

    private async Task SaveWhileAsync(Task workers)
    {
        while (await Task.WhenAny(workers, Task.Delay(s_saveEvery)) != workers)
        {
            try
            {
                Save();
            }
            catch (CorpusException e)
            {
                // The workers end, and then it is told.
                _field.Fail(e);
                return;
            }
        }
    }

    private void Save()
    {
        lock (_saving)
        {
            _field.Corpus.WriteState(State());
        }
    }

    private CorpusState State() => new()
    {
        Suite = SuiteVersion.Text,
        Targets = _field.Options.Targets,
        Seed = _field.Options.Seed,
        Next = _numbers.Mark,
        Seconds = (_before?.Seconds ?? 0) + _field.Counters.Elapsed.TotalSeconds,
        Withheld = _field.Counters.Withheld,
        NotRepeated = _field.Counters.NotRepeated,
        KnownDifferences = _field.Counters.KnownDifferences,
        Kinds = [.. _keeper.Finds.Select(find => find.Kind)],
        Replies = _field.Counters.Replies.ToDictionary(pair => $"{pair.Key.Dialect} {pair.Key.Reply}", pair => pair.Value),
    };

    private FuzzResult Result(bool interrupted)
    {
        IReadOnlyDictionary<(string Dialect, string Reply), long> reached = _field.Counters.Replies;
        (string? failure, bool own) = _field.Failed;
        return new FuzzResult
        {
            Targets = [.. _field.Examiners.SelectMany(e => e.Lane.Parties).Select(party => (party.Target.Name, party.Target.Dialect))],
            Seed = _field.Options.Seed,
            Numbers = (_field.Options.First, _numbers.Mark),
            Cases = _field.Counters.Cases,
            Asked = _field.Counters.Asked,
            Seconds = Math.Round(_field.Counters.Elapsed.TotalSeconds, 3),
            Begun = (Math.Round(_field.Counters.Begun.Time.TotalSeconds, 3), _field.Counters.Begun.Cases),
            Distinct = _field.Counters.Distinct,
            Withheld = _field.Counters.Withheld,
            NotRepeated = _field.Counters.NotRepeated,
            Fleeting = _keeper.Fleeting,
            KnownDifferences = _field.Counters.KnownDifferences,
            Finds = _keeper.Finds,
            Replies =
            [
                .. _field.Examiners.SelectMany(e => e.Lane.Parties).DistinctBy(party => party.Target.Dialect).SelectMany(party => party.Predictor.Replies
                    .Select(reply => new ReplyCoverage(party.Target.Dialect, reply, reached.GetValueOrDefault((party.Target.Dialect, reply))))),
            ],
            Failure = failure,
            OwnFault = own,
            Interrupted = interrupted,
            Corpus = _field.Corpus.Path,
        };
    }
}
