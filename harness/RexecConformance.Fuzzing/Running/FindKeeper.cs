using System.Collections.Concurrent;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Shrinking;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Something that showed, and shows again.</summary>
internal sealed record ConfirmedSymptom(Examiner Examiner, FuzzCase Case, Symptom Symptom, Examination Seen, int Shown, int Asked);

/// <summary>Takes one case of each kind: asks it again, keeps it, makes it smaller.</summary>
internal sealed class FindKeeper(FuzzField field)
{
    private const int MostFleeting = 20;
    private const int MostAsked = 5;
    private int _kept;
    private readonly ConcurrentDictionary<string, byte> _claimed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _fleeting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Order, FuzzFind Find)> _finds = new(StringComparer.Ordinal);

    /// <summary>One find of each kind, in the order in which they were found.</summary>
    public IReadOnlyList<FuzzFind> Finds => [.. _finds.Values.OrderBy(one => one.Order).Select(one => one.Find)];

    /// <summary>Kinds that did not show again, at most a few.</summary>
    public IReadOnlyList<string> Fleeting => [.. _fleeting.Keys.Where(kind => !_finds.ContainsKey(kind)).Order(StringComparer.Ordinal)];

    /// <summary>A find of the run that this one goes on with.</summary>
    public void Restore(FuzzFind find)
    {
        if (_claimed.TryAdd(find.Kind, 0))
        {
            _finds[find.Kind] = (_finds.Count, find);
            _kept++;
            field.Counters.AddFind();
        }
    }

    /// <summary>Kinds that are being asked again.</summary>
    public int Pending => _claimed.Count - _finds.Count;

    /// <summary>Whether this is the first of its kind; then the caller goes on with it.</summary>
    public bool Claim(Symptom symptom) => _claimed.TryAdd(symptom.Kind, 0);

    /// <summary>Asks again, keeps what shows again, and writes it. Null if it does not.</summary>
    public async Task<ConfirmedSymptom?> ConfirmAsync(Examiner examiner, FuzzCase fuzzCase, Symptom symptom, Examination seen, CancellationToken cancel)
    {
        FuzzCase one = symptom.Oracle == OracleKind.Fragmentation && fuzzCase.Fragments is Scenarios.WholeFragmentation
            ? FragmentationOracle.Recut(fuzzCase, examiner.Length(fuzzCase, 0)) ?? fuzzCase
            : fuzzCase;
        int shown = 1;
        int asked = 1;
        int wanted = examiner.Lane.InMemory ? 2 : 3;
        while (asked < wanted)
        {
            // Two at once: what never ends is waited for once then.
            Examination[] all = await Task.WhenAll(Enumerable.Range(asked, wanted - asked).Select(_ => field.AgainAsync(examiner, one, symptom.Oracle, cancel).AsTask()));
            asked = wanted;
            shown += all.Count(again => again.Symptom?.Kind == symptom.Kind);
            seen = Array.FindLast(all, again => again.Symptom?.Kind == symptom.Kind) ?? seen;
            wanted = !examiner.Lane.InMemory && shown < asked ? MostAsked : wanted;
        }

        // Of what is the same each time nothing may be missing; over sockets twice of five times is no accident.
        if (shown < 2)
        {
            NotRepeated(symptom);
            return null;
        }

        // Several workers may have one each at the same time; the last of them are too many.
        if (Interlocked.Increment(ref _kept) > field.Options.MaxFinds)
        {
            return null;
        }

        var confirmed = new ConfirmedSymptom(examiner, one, symptom, seen, shown, asked);
        Keep(confirmed, one, seen, shrunk: false);
        field.Counters.AddFind();
        return confirmed;
    }

    /// <summary>It did not show again: it is counted, and may be claimed once more.</summary>
    public void NotRepeated(Symptom symptom)
    {
        field.Counters.AddNotRepeated();
        _ = _fleeting.Count < MostFleeting && _fleeting.TryAdd(symptom.Kind, 0);
        _ = _claimed.TryRemove(symptom.Kind, out _);
    }

    /// <summary>Makes the finds of an earlier run smaller that it had no time for.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (FuzzFind find in Finds.Where(find => !find.Shrunk))
        {
            Examiner examiner = field.For(find.Case.Origin.Number);
            if (!field.MaySend(examiner, find.Smallest))
            {
                continue;
            }

            Examination seen = await field.AgainAsync(examiner, find.Smallest, Enum.Parse<OracleKind>(find.Oracle, ignoreCase: true), cancel);
            if (seen.Symptom is { } symptom && symptom.Kind == find.Kind)
            {
                await ShrinkAsync(new ConfirmedSymptom(examiner, find.Smallest, symptom, seen, find.Repeats.Shown, find.Repeats.Asked), cancel);
            }
        }
    }

    /// <summary>Makes a find smaller in what time there is, and writes it again.</summary>
    public async Task ShrinkAsync(ConfirmedSymptom found, CancellationToken cancel)
    {
        ShrinkBounds bounds = found.Examiner.Lane.InMemory ? ShrinkBounds.InMemory : ShrinkBounds.OverSockets;
        TimeSpan time = field.Left < bounds.Time ? field.Left : bounds.Time;
        if (time <= TimeSpan.Zero)
        {
            return;
        }

        Examination last = found.Seen;
        FuzzCase smallest = found.Case;

        // What shows only now and then has three tries.
        int tries = found.Shown < found.Asked ? 3 : 1;
        async ValueTask<bool> ShowsAsync(FuzzCase candidate)
        {
            for (int i = 0; i < tries && field.MaySend(found.Examiner, candidate); i++)
            {
                Examination seen = await field.AgainAsync(found.Examiner, candidate, found.Symptom.Oracle, cancel);
                if (seen.Symptom?.Kind == found.Symptom.Kind)
                {
                    (last, smallest) = (seen, candidate);
                    return true;
                }
            }

            return false;
        }

        bool whole = true;
        try
        {
            _ = await Shrinker.ShrinkAsync(found.Case, ShowsAsync, found.Examiner.Context(found.Symptom.Party), bounds with { Time = time });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            whole = false;
        }

        Keep(found, smallest, last, whole);
    }

    /// <summary>A server that is gone can't be asked again: the case is one that was under way then, or came right after.</summary>
    public void KeepGone(ConfirmedSymptom found)
    {
        FuzzOutcome[] outcomes = [.. found.Seen.Outcomes];
        ref FuzzOutcome outcome = ref outcomes[found.Symptom.Party];
        outcome = outcome with { Trouble = $"{outcome.Trouble}; it serves nobody any more: this case was under way then, or came right after" };
        Keep(found, found.Case, found.Seen with { Outcomes = outcomes }, shrunk: true);
    }

    /// <summary>Keeps and writes a find that needs no asking again.</summary>
    public void KeepAsItIs(Examiner examiner, FuzzCase fuzzCase, Symptom symptom, Examination seen)
    {
        Keep(new ConfirmedSymptom(examiner, fuzzCase, symptom, seen, 1, 1), fuzzCase, seen, shrunk: true);
        field.Counters.AddFind();
        field.Kept();
    }

    private void Keep(ConfirmedSymptom found, FuzzCase smallest, Examination seen, bool shrunk)
    {
        FuzzFind find = FindMaker.Make(found, smallest, seen, shrunk, field);
        _ = FindFile.Write(field.Corpus.Finds, find);
        _ = _finds.AddOrUpdate(find.Kind, _ => (_finds.Count, find), (_, before) => (before.Order, find));
    }
}
