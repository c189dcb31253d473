using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Safety;

namespace RexecConformance.Fuzzing.Running;

/// <summary>What all parts of one run share.</summary>
internal sealed class FuzzField
{
    private readonly Lock _lock = new();
    private string? _failure;
    private bool _ownFault;
    private Exception? _unwritten;

    public required IReadOnlyList<Examiner> Examiners { get; init; }

    public required IFuzzGenerator Generator { get; init; }

    /// <summary>Whether a case can run nothing but what is harmless.</summary>
    public required Func<FuzzCase, IByteContext, bool> Safe { get; init; }

    public required FuzzOptions Options { get; init; }

    public required CorpusFolder Corpus { get; init; }

    public required FuzzCounters Counters { get; init; }

    public QuietGate Gate { get; } = new();

    /// <summary>Is called for each find once it is kept, so that a run that is killed then resumes with it.</summary>
    public Action Kept { get; set; } = () => { };

    public SlowCases Slow { get; } = new();

    /// <summary>Why the run ends before its bounds.</summary>
    public (string? Failure, bool OwnFault) Failed
    {
        get
        {
            lock (_lock)
            {
                return (_failure, _ownFault);
            }
        }
    }

    /// <summary>Whether another case may be begun.</summary>
    public bool GoesOn => Counters.Elapsed < Options.Time && Counters.Finds < Options.MaxFinds && Volatile.Read(ref _failure) is null;

    /// <summary>What may still be spent on finds.</summary>
    public TimeSpan Left => Options.Time + Options.Grace - Counters.Elapsed;

    /// <summary>Which targets get the case of a number: all dialects in turns.</summary>
    public Examiner For(long number) => Examiners[(int)(number % Examiners.Count)];

    /// <summary>Whether a case may be sent to all targets of a lane.</summary>
    public bool MaySend(Examiner examiner, FuzzCase fuzzCase)
    {
        for (int i = 0; i < examiner.Lane.Parties.Count; i++)
        {
            IFuzzTarget target = examiner.Lane.Parties[i].Target;
            if ((target.RealShell && !Safe(fuzzCase, examiner.Context(i)))
                || (!target.InMemory && !HarmlessPorts.Safe(fuzzCase, examiner.Context(i))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the run; the first reason stays.</summary>
    public void Fail(string line, bool ownFault = false)
    {
        lock (_lock)
        {
            if (_failure is null)
            {
                _ownFault = ownFault;
                Volatile.Write(ref _failure, line);
            }
        }
    }

    /// <summary>Ends the run, since what it finds can't be kept.</summary>
    public void Fail(Exception unwritten)
    {
        Fail(unwritten.Message);
        _ = Interlocked.CompareExchange(ref _unwritten, unwritten, null);
    }

    /// <summary>Throws what <see cref="Fail(Exception)"/> was told.</summary>
    public void ThrowUnwritten()
    {
        if (_unwritten is { } unwritten)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(unwritten);
        }
    }

    /// <summary>Asks a case while others do.</summary>
    public async ValueTask<Examination> AgainAsync(Examiner examiner, FuzzCase fuzzCase, OracleKind oracle, CancellationToken cancel)
    {
        await Gate.EnterAsync(cancel);
        try
        {
            Counters.AddAsked(1);
            return await examiner.AgainAsync(fuzzCase, oracle, cancel);
        }
        finally
        {
            Gate.Leave();
        }
    }
}
