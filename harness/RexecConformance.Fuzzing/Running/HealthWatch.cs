using System.Diagnostics;
using System.Text.RegularExpressions;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Shrinking;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Stops all workers now and then and looks at the servers themselves; if one is not as it was, looks for the case that did it.</summary>
internal sealed partial class HealthWatch(FuzzField field, FindKeeper keeper, CaseNumbers numbers)
{
    private const long MostRemembered = 200_000;
    private static readonly TimeSpan s_search = TimeSpan.FromSeconds(40);

    private const int MostDelays = 30;
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_nearTheEnd = TimeSpan.FromSeconds(2);

    private readonly Dictionary<IFuzzTarget, string?> _before = [];
    private long _healthyUntil = numbers.Next;

    /// <summary>Looks at growing intervals until it is told to stop, and then once more.</summary>
    public async Task RunAsync(Task workers, CancellationToken cancel)
    {
        TimeSpan interval = field.Options.HealthFirst;
        while (!workers.IsCompleted && !cancel.IsCancellationRequested)
        {
            // The last look is soon enough.
            if (field.Counters.Elapsed + interval + s_nearTheEnd > field.Options.Time)
            {
                field.Slow.NoLook();
                _ = await Task.WhenAny(workers, Task.Delay(Timeout.Infinite, cancel));
                break;
            }

            field.Slow.LookIn(interval);
            if (await Task.WhenAny(workers, Task.Delay(interval, cancel)) != workers)
            {
                // A server that is looked at is asked nothing: what was seen is to be confirmed first.
                for (int i = 0; i < MostDelays && keeper.Pending > 0 && !workers.IsCompleted; i++)
                {
                    _ = await Task.WhenAny(workers, Task.Delay(s_delay, cancel));
                }

                await LookAsync(cancel);
                interval = interval * 4 < field.Options.HealthLatest ? interval * 4 : field.Options.HealthLatest;
            }
        }

        if (!cancel.IsCancellationRequested)
        {
            await LookAsync(cancel);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        if (field.Counters.Finds >= field.Options.MaxFinds)
        {
            return; // enough is known: what was found is still being made smaller, and must not wait
        }

        using IDisposable quiet = await field.Gate.CloseAsync(cancel);
        long until = numbers.Next;
        foreach (Examiner examiner in field.Examiners)
        {
            for (int i = 0; i < examiner.Lane.Parties.Count; i++)
            {
                if (await TroubleAsync(examiner, i, cancel) is not { } line)
                {
                    continue;
                }

                Symptom symptom = TroubleOracle.Of(examiner.Lane.Parties[i].Target.Dialect, i, line);
                if (keeper.Claim(symptom))
                {
                    await SearchAsync(examiner, symptom, line, until, cancel);
                }
            }
        }

        _healthyUntil = until;
    }

    /// <summary>A line that was not there at the last look, or that counts more than it did: what was left once stays.</summary>
    private async Task<string?> TroubleAsync(Examiner examiner, int party, CancellationToken cancel)
    {
        IFuzzTarget target = examiner.Lane.Parties[party].Target;
        string? line = await target.HealthAsync(cancel);
        string? before = _before.GetValueOrDefault(target);
        _before[target] = line;
        return line is not null && (before is null || Sum(line) > Sum(before)) ? line : null;
    }

    private static long Sum(string line) => Numbers().Matches(line).Sum(number => long.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("[0-9]{1,15}")]
    private static partial Regex Numbers();

    private async Task SearchAsync(Examiner examiner, Symptom symptom, string line, long until, CancellationToken cancel)
    {
        FuzzParty party = examiner.Lane.Parties[symptom.Party];
        List<FuzzCase> cases = OneOfEach(examiner, symptom.Party, until);
        if (cases.Count == 0)
        {
            // It was so before the first case, and no case did it.
            field.Fail($"{party.Target.Name}: {line}");
            return;
        }

        // Something may have been slow to go: a find does it again.
        if (!await ShowsAsync(examiner, symptom, cases, cancel))
        {
            if (await party.Target.HealthAsync(cancel) is { } still && Sum(still) >= Sum(line) && !await ServesAsync(party, cases, cancel))
            {
                field.Fail($"{party.Target.Name}: {still}");
                return;
            }

            keeper.NotRepeated(symptom);
            return;
        }

        var clock = Stopwatch.StartNew();
        TimeSpan within = field.Left < s_search ? field.Left : s_search;
        while (cases.Count > 1 && clock.Elapsed < within)
        {
            List<FuzzCase> half = cases[..((cases.Count + 1) / 2)];
            cases = await ShowsAsync(examiner, symptom, half, cancel) ? half : cases[half.Count..];
        }

        FuzzCase smallest = cases[0];
        bool sure = cases.Count == 1;
        if (sure && within > clock.Elapsed)
        {
            smallest = await Shrinker.ShrinkAsync(
                smallest,
                async candidate => field.MaySend(examiner, candidate) && await ShowsAsync(examiner, symptom, [candidate], cancel),
                examiner.Context(symptom.Party),
                new ShrinkBounds(200, within - clock.Elapsed));
        }

        Examination seen = await examiner.AgainAsync(smallest, OracleKind.Prediction, cancel);
        FuzzOutcome[] outcomes = [.. seen.Outcomes];
        outcomes[symptom.Party] = outcomes[symptom.Party] with
        {
            Trouble = sure ? line : $"{line}; which case does it is not known, this is one of {cases.Count}",
        };
        keeper.KeepAsItIs(examiner, smallest, symptom, seen with { Outcomes = outcomes, Symptom = symptom });
    }

    private async Task<bool> ShowsAsync(Examiner examiner, Symptom symptom, IReadOnlyList<FuzzCase> cases, CancellationToken cancel)
    {
        IFuzzTarget target = examiner.Lane.Parties[symptom.Party].Target;
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = field.Options.Jobs, CancellationToken = cancel },
            async (one, stop) =>
            {
                field.Counters.AddAsked(1);
                _ = await target.AskAsync(one, stop);
            });
        return await TroubleAsync(examiner, symptom.Party, cancel) is { } line && TroubleOracle.Of(symptom.Dialect, symptom.Party, line).Kind == symptom.Kind;
    }

    private async Task<bool> ServesAsync(FuzzParty party, IReadOnlyList<FuzzCase> cases, CancellationToken cancel)
    {
        field.Counters.AddAsked(1);
        return (await party.Target.AskAsync(cases[0], cancel)).Trouble is null;
    }

    /// <summary>
    /// The smallest case of each reply and way with the aux connection since the last look. A look may cost seconds, so not every case can be asked by itself.
    /// A connect that nobody answers is the server's to wait for, a minute in most dialects, and no trouble.
    /// </summary>
    private List<FuzzCase> OneOfEach(Examiner examiner, int party, long until)
    {
        var smallest = new Dictionary<(string Reply, AuxMode Aux, int Companions), (FuzzCase Case, int Length)>();
        for (long number = Math.Max(_healthyUntil, until - MostRemembered); number < until; number++)
        {
            FuzzCase one = field.Generator.Create(number);
            if (field.For(number) != examiner || !field.MaySend(examiner, one) || one.Companions.Prepend(one).Any(client => client.Aux.Mode == AuxMode.BacklogFull))
            {
                continue;
            }

            int length = examiner.Length(one, party);
            var key = (examiner.Lane.Parties[party].Predictor.Predict(one, one.Aux.Mode == AuxMode.None ? 0 : Reports.AccountContext.Port).Reply, one.Aux.Mode, one.Companions.Count);
            if (!smallest.TryGetValue(key, out var before) || length < before.Length)
            {
                smallest[key] = (one, length);
            }
        }

        return [.. smallest.OrderBy(pair => pair.Key.Companions).ThenBy(pair => pair.Value.Length).Select(pair => pair.Value.Case)];
    }
}
