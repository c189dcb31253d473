using System.Collections.Concurrent;
using System.Diagnostics;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Running;

/// <summary>Drives variants on one target, many at once, and judges them.</summary>
public sealed class Runner(RunOptions options, IRunObserver observer)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_forTheCause = TimeSpan.FromSeconds(5);

    /// <summary>Runs all variants on a target.</summary>
    /// <param name="target">The target, started.</param>
    /// <param name="dialect">The dialect to judge by.</param>
    /// <param name="variants">The cases; where there are shards, those of all of them.</param>
    /// <param name="cancel">Stops; what is finished by then is in the exception's place: the result with what there is.</param>
    /// <param name="quickDone">Completes when all that is left waits for time itself, so that another target can be driven beside it.</param>
    public async Task<TargetResult> RunAsync(
        ITarget target, Dialect dialect, IReadOnlyList<Variant> variants, CancellationToken cancel, TaskCompletionSource? quickDone = null)
    {
        observer.Started(target, variants.Count(Mine));
        var results = new ConcurrentDictionary<string, VariantResult>();
        var clock = new Stopwatch();
        int timeless = 0;
        string? failure = null;
        try
        {
            failure = target is RecordedTarget ? null : await FirstCanaryAsync(target, dialect, cancel);
            if (failure is null)
            {
                (failure, timeless) = await DriveAllAsync(target, dialect, variants, results, clock, quickDone, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            failure = "interrupted";
        }
        catch (TargetStartException e)
        {
            failure = e.Message;
        }

        var byId = Blocked(results, variants).ToDictionary(r => r.Variant.Name);
        return new TargetResult(
            target.Name,
            dialect.Name,
            [.. variants.Where(v => byId.ContainsKey(v.Name)).Select(v => byId[v.Name])],
            failure,
            clock.Elapsed.TotalMilliseconds,
            timeless);
    }

    private bool Mine(Variant variant) => options.Shard?.Holds(variant.Scenario) ?? true;

    private async Task<string?> FirstCanaryAsync(ITarget target, Dialect dialect, CancellationToken cancel)
    {
        if (!await Canary.JudgeSeesFailureAsync(cancel))
        {
            throw new InvalidOperationException("the judge called a server that closes without a word a success");
        }

        return options.Canary && await Canary.TryAsync(target, dialect, cancel) is { } trouble ? await CauseAsync(target) ?? trouble : null;
    }

    private async Task<(string? Failure, int Timeless)> DriveAllAsync(
        ITarget target,
        Dialect dialect,
        IReadOnlyList<Variant> variants,
        ConcurrentDictionary<string, VariantResult> results,
        Stopwatch clock,
        TaskCompletionSource? quickDone,
        CancellationToken cancel)
    {
        using var pool = new AuxListenerPool();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var rate = new RateLimit(target.IsLoopback ? 0 : options.Rate);
        string? failure = null;
        int timedJobs = Math.Min(options.TimedJobs, target.AtOnce ?? int.MaxValue);
        var runs = new List<VariantRun>();
        int badLogins = 0;
        foreach (VariantRun run in variants.Where(v => Mine(v) || CountsForAll(v)).Select(v => new VariantRun(v, target, dialect)))
        {
            // Wrong passwords are counted over all shards: together they send no more than one run does.
            bool tooMany = run.Undriven is null && CountsForAll(run.Variant) && ++badLogins > options.MaxBadLogins;
            if (!Mine(run.Variant))
            {
                continue;
            }

            if (run.Undriven is { } undriven)
            {
                Finish(undriven);
            }
            else if (tooMany)
            {
                Finish(Undriven(run, target, dialect, $"more wrong passwords than --max-bad-logins {options.MaxBadLogins} allows"));
            }
            else
            {
                runs.Add(run);
            }
        }

        List<VariantRun> alone = [.. runs.Where(run => run.Variant.Scenario.Setup.IsExclusive)];
        List<VariantRun> quick = [.. runs.Except(alone).Where(run => !run.Timed)];
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task watching = WatchAsync();
        try
        {
            // Those that wait for time itself wait side by side, beside the others.
            Task timed = LaneAsync(runs.Except(alone).Where(run => run.Timed), timedJobs);
            Task oneByOne = LaneAsync(alone, 1);
            clock.Start();
            try
            {
                await LaneAsync(quick, options.Jobs);
            }
            finally
            {
                clock.Stop();
                _ = quickDone?.TrySetResult();
                await Task.WhenAll(timed, oneByOne);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The target went away; the reason is in failure.
        }

        string? last = failure is null && options.Canary && target is not RecordedTarget ? await Canary.TryAsync(target, dialect, cancel) : null;
        await over.CancelAsync();
        await watching;
        if (last is not null)
        {
            failure ??= $"it worked at first, but no longer after {results.Count} variants: {last}";
        }

        return (failure, quick.Count);

        async Task WatchAsync()
        {
            if (target.Gone is not { } going)
            {
                return;
            }

            try
            {
                string what = await going.WaitAsync(over.Token);
                failure ??= $"after {results.Count} variants {what}";
                await gone.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                // It was there to the end.
            }
        }

        async Task LaneAsync(IEnumerable<VariantRun> lane, int jobs)
        {
            // A server that thinks for long (PAM) must not hold up the others: who waits gives its place away. Where only one
            // may run at a time, it keeps it.
            using var places = new SemaphoreSlim(jobs);
            using var inFlight = new SemaphoreSlim(jobs == 1 ? 1 : Math.Max(jobs, timedJobs));
            var all = new List<Task>();
            try
            {
                foreach (VariantRun run in lane)
                {
                    await inFlight.WaitAsync(gone.Token);
                    await places.WaitAsync(gone.Token);
                    for (int i = 0; i < run.Connections; i++)
                    {
                        await rate.WaitAsync(gone.Token);
                    }

                    all.Add(InPlaceAsync(run, places, inFlight));
                }
            }
            finally
            {
                await Task.WhenAll(all);
            }
        }

        async Task InPlaceAsync(VariantRun run, SemaphoreSlim places, SemaphoreSlim inFlight)
        {
            using var soon = new CancellationTokenSource();
            Task driving = DriveOneAsync(run);
            _ = await Task.WhenAny(driving, Task.Delay(s_patience, soon.Token));
            await soon.CancelAsync();
            _ = places.Release();
            try
            {
                await driving;
            }
            finally
            {
                _ = inFlight.Release();
            }
        }

        async Task DriveOneAsync(VariantRun run)
        {
            (TimeSpan longest, string waitsFor) = run.Waits;
            observer.Driving(run.Variant, longest, waitsFor);
            VariantResult result = await run.DriveAsync(pool, gone.Token);
            if (MayBeGone(result) && options.Canary && target is not RecordedTarget && await Canary.TryAsync(target, dialect, gone.Token) is { } why)
            {
                string error = result.Transcript?.ConnectError is { } text ? text + "; " : "";

                _ = await CauseAsync(target);
                failure ??= $"it went away after {results.Count} variants, while {run.Variant.Name} was driven ({error}{why})";
                await gone.CancelAsync();
                return;
            }

            Finish(result);
        }

        // A server that is taken away closes what is under way, which looks like wrong answers. Where a connection more
        // counts (somebody's machine), only a refused one is reason to ask. One that keeps a connection open is there.
        bool MayBeGone(VariantResult result) => result.Transcript is { } seen
            && (seen.ConnectError is not null
                || (result.Verdict == Verdict.Fail && target.IsLoopback && seen.Primary.End != StreamEnd.Open));

        bool CountsForAll(Variant variant) => !target.IsLoopback && BadLogins.Sends(variant.Scenario);

        void Finish(VariantResult result)
        {
            results[result.Variant.Name] = result;
            observer.Finished(result);
        }
    }

    /// <summary>Why a target no longer answers, if that is known a moment later: it says more than the first symptom.</summary>
    private static async Task<string?> CauseAsync(ITarget target)
    {
        if (target.Gone is not { } cause)
        {
            return null;
        }

        _ = await Task.WhenAny(cause, Task.Delay(s_forTheCause, CancellationToken.None));
        return cause.IsCompletedSuccessfully ? await cause : null;
    }

    private static VariantResult Undriven(VariantRun run, ITarget target, Dialect dialect, string reason) => new()
    {
        Target = target.Name,
        Dialect = dialect.Name,
        Variant = run.Variant,
        Verdict = Verdict.Unsupported,
        Reason = reason,
    };

    /// <summary>A failure whose cause is another scenario's failure is blocked: shown, but not counted twice.</summary>
    private static IEnumerable<VariantResult> Blocked(ConcurrentDictionary<string, VariantResult> results, IReadOnlyList<Variant> variants)
    {
        var failed = results.Values.Where(r => r.Verdict == Verdict.Fail).Select(r => r.Variant.Scenario.Id).ToHashSet();
        return results.Values.Select(result =>
            result.Verdict == Verdict.Fail && result.Variant.Scenario.DependsOn.FirstOrDefault(failed.Contains) is { } cause
                ? result with { Verdict = Verdict.Blocked, Reason = $"{cause} failed" }
                : result);
    }
}
