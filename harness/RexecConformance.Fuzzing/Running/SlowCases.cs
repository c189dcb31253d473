using System.Collections.Concurrent;
using System.Diagnostics;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Puts cases that take seconds off while a look at the servers is near: all workers would have to wait for them.</summary>
internal sealed class SlowCases
{
    // What takes less is over before a look has begun.
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(700);

    // A case may be asked in other segments too, and its server may be busy.
    private const int Spare = 2;

    private readonly ConcurrentQueue<long> _numbers = [];
    private long _look = long.MaxValue;

    /// <summary>The next look is so far away.</summary>
    public void LookIn(TimeSpan time) => Volatile.Write(ref _look, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>There is no look before the end.</summary>
    public void NoLook() => Volatile.Write(ref _look, long.MaxValue);

    /// <summary>Keeps the number of a case that would not be over before the next look; false if it is to be asked now.</summary>
    /// <param name="examiner">Whom it would go to.</param>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="number">Its number.</param>
    public bool PutOff(Examiner examiner, FuzzCase fuzzCase, long number)
    {
        if (examiner.Lane.InMemory || Left() is not { } left || left > TimeSpan.FromSeconds(20) || Expected(examiner, fuzzCase) is var time && (time < s_slow || time * Spare < left))
        {
            return false;
        }

        _numbers.Enqueue(number);
        return true;
    }

    /// <summary>The number of a case that was put off.</summary>
    /// <param name="atLast">Nothing else is left: it is not put off any more.</param>
    /// <param name="number">The number.</param>
    public bool TryTake(bool atLast, out long number)
    {
        number = 0;
        return (atLast || Left() is not { } left || left > TimeSpan.FromSeconds(5)) && _numbers.TryDequeue(out number);
    }

    /// <summary>How long a case takes at least: the pauses of its clients, and what its server is to take.</summary>
    internal static TimeSpan Expected(Examiner examiner, FuzzCase fuzzCase)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (FuzzCase client in fuzzCase.Companions.Prepend(fuzzCase))
        {
            TimeSpan pauses = client.Send.OfType<PauseStep>().Aggregate(TimeSpan.Zero, (all, pause) => all + pause.Duration);
            int port = client.Aux.Mode == AuxMode.None ? 0 : AccountContext.Port;
            TimeSpan server = examiner.Lane.Parties.Max(party => party.Predictor.Predict(client, port).EndsAfter) ?? TimeSpan.Zero;
            longest = pauses > longest ? pauses : longest;
            longest = server > longest ? server : longest;
        }

        return longest;
    }

    private TimeSpan? Left() => Volatile.Read(ref _look) is var look && look == long.MaxValue ? null : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), look);
}
