using System.Diagnostics;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Shrinking;

namespace RexecConformance.Fuzzing.Running;

/// <summary>Stops all workers now and then and looks at the servers themselves; if one is not as it was, looks for the case that did it.</summary>
internal sealed class HealthWatch(FuzzField field, FindKeeper keeper, CaseNumbers numbers)
{
    // The search asks many cases twice, and each look at a server may cost seconds.
    private static readonly TimeSpan s_search = TimeSpan.FromSeconds(30);

    private readonly Dictionary<IFuzzTarget, string?> _before = [];
    private long _healthyUntil = numbers.Next;

    /// <summary>Looks at growing intervals until it is told to stop, and then once more.</summary>
    public async Task RunAsync(Task workers, CancellationToken cancel)
    {
        TimeSpan interval = field.Options.HealthFirst;
        while (!workers.IsCompleted && !cancel.IsCancellationRequested)
        {
            if (await Task.WhenAny(workers, Task.Delay(interval, cancel)) != workers)
            {
                await LookAsync(cancel);
                interval = interval * 2 < field.Options.HealthLatest ? interval * 2 : field.Options.HealthLatest;
            }
        }

        if (!cancel.IsCancellationRequested)
        {
            await LookAsync(cancel);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
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

    /// <summary>A line that is not the one of the last look: what was left once stays.</summary>
    private async Task<string?> TroubleAsync(Examiner examiner, int party, CancellationToken cancel)
    {
        IFuzzTarget target = examiner.Lane.Parties[party].Target;
        string? line = await target.HealthAsync(cancel);
        bool fresh = line is not null && line != _before.GetValueOrDefault(target);
        _before[target] = line;
        return fresh ? line : null;
    }

    private async Task SearchAsync(Examiner examiner, Symptom symptom, string line, long until, CancellationToken cancel)
    {
        // Nothing to ask: it was so before the first case, and no case did it.
        List<FuzzCase> cases = Asked(examiner, until);
        string name = examiner.Lane.Parties[symptom.Party].Target.Name;
        if (cases.Count == 0)
        {
            field.Fail($"{name}: {line}");
            return;
        }

        var clock = Stopwatch.StartNew();
        while (cases.Count > 1 && clock.Elapsed < s_search)
        {
            List<FuzzCase> half = cases[..(cases.Count / 2)];
            cases = await ShowsAsync(examiner, symptom, half, cancel) ? half : cases[half.Count..];
        }

        FuzzCase guilty = cases[0];
        bool sure = cases.Count == 1 && await ShowsAsync(examiner, symptom, [guilty], cancel);
        FuzzCase smallest = guilty;
        if (sure)
        {
            var bounds = new ShrinkBounds(200, field.Left < s_search ? field.Left : s_search);
            smallest = await Shrinker.ShrinkAsync(
                guilty,
                async candidate => field.MaySend(examiner, candidate) && await ShowsAsync(examiner, symptom, [candidate], cancel),
                examiner.Context(symptom.Party),
                bounds);
        }

        Examination seen = await examiner.AgainAsync(smallest, OracleKind.Prediction, cancel);
        FuzzOutcome[] outcomes = [.. seen.Outcomes];
        outcomes[symptom.Party] = outcomes[symptom.Party] with
        {
            Trouble = sure ? line : $"{line}; which case did it is not known, this is one of {cases.Count}",
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

    private List<FuzzCase> Asked(Examiner examiner, long until)
    {
        var cases = new List<FuzzCase>();
        for (long number = _healthyUntil; number < until; number++)
        {
            if (field.For(number) == examiner && field.Generator.Create(number) is { } one && field.MaySend(examiner, one))
            {
                cases.Add(one);
            }
        }

        return cases;
    }
}
