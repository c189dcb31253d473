using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Inetd;
using RexecConformance.Reports;

namespace RexecConformance.Fuzzing.Running;

/// <summary>One of several that take blocks of numbers, ask their cases, and follow up what is wrong.</summary>
internal sealed class FuzzWorker(FuzzField field, FindKeeper keeper, CaseNumbers numbers, RatePacer pacer)
{
    private readonly Dictionary<(string Dialect, string Reply), long> _replies = [];
    private readonly List<(Examiner Examiner, FuzzCase Case, Examination Seen)> _symptoms = [];

    /// <summary>Asks cases of the corpus first, then those of the generator, until there are no more.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <param name="first">This worker finishes what an earlier run had no time for.</param>
    /// <param name="corpus">Shared by all workers.</param>
    /// <param name="cancel">Breaks off the block in hand.</param>
    public async Task RunAsync(bool first, Queue<FuzzCase> corpus, CancellationToken cancel)
    {
        if (first)
        {
            await keeper.FinishAsync(cancel);
        }

        await ReplayAsync(corpus, cancel);
        while (field.GoesOn && TryTake(out long from, out long to, out bool slow))
        {
            int asked = 0;
            long number = from;
            try
            {
                await field.Gate.EnterAsync(cancel);
                try
                {
                    for (; number < to; number++)
                    {
                        cancel.ThrowIfCancellationRequested();
                        FuzzCase one = field.Generator.Create(number);
                        if (!slow && field.Slow.PutOff(field.For(number), one, number))
                        {
                            break;
                        }

                        asked += await AskAsync(field.For(number), one, RecutNow(number), cancel) ? 1 : 0;
                    }
                }
                finally
                {
                    field.Gate.Leave();
                    field.Counters.AddCases(asked);
                    field.Counters.AddReplies(_replies);
                    _replies.Clear();
                }

                if (number < to)
                {
                    continue; // a block of one case: it comes back
                }

                List<ConfirmedSymptom> confirmed = await ConfirmAsync(cancel);
                numbers.Done(from);
                foreach (ConfirmedSymptom one in confirmed)
                {
                    await keeper.ShrinkAsync(one, cancel);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                Fail(e, $"case {number} of seed {field.Options.Seed}");
                return;
            }
        }

        field.Counters.NoMoreBegun();
    }

    // Slow cases that were put off come first, once the look is over; and at last, look or not.
    private bool TryTake(out long from, out long to, out bool slow)
    {
        slow = field.Slow.TryTake(atLast: false, out from);
        to = from + 1;
        if (slow || numbers.TryTake(out from, out to))
        {
            return true;
        }

        slow = field.Slow.TryTake(atLast: true, out from);
        to = from + 1;
        return slow;
    }

    private async Task ReplayAsync(Queue<FuzzCase> corpus, CancellationToken cancel)
    {
        while (field.GoesOn)
        {
            FuzzCase? one;
            lock (corpus)
            {
                if (!corpus.TryDequeue(out one))
                {
                    return;
                }
            }

            // What a run in memory kept may wait for minutes, which cost nothing there.
            if (!field.For(one.Origin.Number).Lane.InMemory && CaseWaits.TooLong(one))
            {
                continue;
            }

            try
            {
                await field.Gate.EnterAsync(cancel);
                try
                {
                    _ = await AskAsync(field.For(one.Origin.Number), one, recut: false, cancel, known: true);
                }
                finally
                {
                    field.Gate.Leave();
                }

                foreach (ConfirmedSymptom confirmed in await ConfirmAsync(cancel))
                {
                    await keeper.ShrinkAsync(confirmed, cancel);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                Fail(e, $"a case of the corpus (seed {one.Origin.Seed}, number {one.Origin.Number})");
                return;
            }
        }
    }

    private async ValueTask<bool> AskAsync(Examiner examiner, FuzzCase one, bool recut, CancellationToken cancel, bool known = false)
    {
        if (!field.MaySend(examiner, one))
        {
            field.Counters.AddWithheld();
            return false;
        }

        await pacer.WaitAsync(cancel);
        field.Counters.AddAsked(1);
        Examination seen = await examiner.ExamineAsync(one, recut, cancel);
        if (seen.KnownDifference)
        {
            field.Counters.AddKnown();
        }

        Symptom? symptom = seen.Symptom;
        for (int i = 0; i < seen.Predicted.Length; i++)
        {
            if (seen.Predicted[i].Unspecified is null && (symptom is null || symptom.Party != i))
            {
                (string, string) key = (examiner.Lane.Parties[i].Target.Dialect, seen.Predicted[i].Reply);
                _replies[key] = _replies.GetValueOrDefault(key) + 1;
            }
        }

        if (field.Counters.AddOutcome(examiner.Signature(seen)) && !known)
        {
            field.Corpus.Journal.Add(one);
        }

        if (symptom is not null && keeper.Claim(symptom))
        {
            _symptoms.Add((examiner, one, seen));
        }

        return true;
    }

    private async Task<List<ConfirmedSymptom>> ConfirmAsync(CancellationToken cancel)
    {
        var confirmed = new List<ConfirmedSymptom>();
        foreach ((Examiner examiner, FuzzCase one, Examination seen) in _symptoms)
        {
            if (field.Counters.Finds < field.Options.MaxFinds
                && await keeper.ConfirmAsync(examiner, one, seen.Symptom!, seen, cancel) is { } found
                && !await GoneAsync(found, cancel))
            {
                confirmed.Add(found);
            }
        }

        _symptoms.Clear();
        if (confirmed.Count > 0)
        {
            field.Kept();
        }

        return confirmed;
    }

    // A server that serves nobody any more shows the same trouble with every case: none can be made smaller.
    private async Task<bool> GoneAsync(ConfirmedSymptom found, CancellationToken cancel)
    {
        if (found.Symptom.Oracle != OracleKind.Trouble || found.Examiner.Lane.InMemory)
        {
            return false;
        }

        for (long other = 0; other < 3; other++)
        {
            FuzzCase one = field.Generator.Create(other);
            if (!field.MaySend(found.Examiner, one))
            {
                continue;
            }

            Examination seen = await field.AgainAsync(found.Examiner, one, OracleKind.Trouble, cancel);
            if (seen.Outcomes[found.Symptom.Party].Trouble is null)
            {
                return false;
            }
        }

        keeper.KeepGone(found);
        field.Fail($"{found.Examiner.Lane.Parties[found.Symptom.Party].Target.Name}: serves nobody any more: {found.Seen.Outcomes[found.Symptom.Party].Trouble}");
        return true;
    }

    private bool RecutNow(long number) => field.Options.RecutEvery > 0 && (number / field.Examiners.Count) % field.Options.RecutEvery == 0;

    private void Fail(Exception e, string where)
    {
        if (e is CorpusException or ReportException)
        {
            field.Fail(e);
        }
        else
        {
            bool target = e is TargetStartException;
            field.Fail(PlainText.OneLine(target ? e.Message : $"{where}: {e.GetType().Name}: {e.Message}"), ownFault: !target);
        }
    }
}
