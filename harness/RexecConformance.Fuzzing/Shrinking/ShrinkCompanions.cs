namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Fewer clients at the same time, and those that stay do less.</summary>
internal static class ShrinkCompanions
{
    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        if (attempt.Case.Companions.Count == 0 || await attempt.TryAsync(attempt.Case with { Companions = [] }))
        {
            return;
        }

        for (int i = attempt.Case.Companions.Count - 1; i >= 0; i--)
        {
            FuzzCase now = attempt.Case;
            if (await attempt.TryAsync(now with { Companions = [.. now.Companions.Where((_, at) => at != i)] }))
            {
                continue;
            }

            // What it shows may be this client's own affair: then the others are not needed.
            if (await attempt.TryAsync(now.Companions[i] with { Origin = now.Origin, Companions = [] }))
            {
                return;
            }

            int index = i;
            await Shrinker.OneClientAsync(attempt.For(
                attempt.Case.Companions[i], companion => attempt.TryAsync(With(attempt.Case, index, companion))));
        }
    }

    private static FuzzCase With(FuzzCase fuzzCase, int index, FuzzCase companion) =>
        fuzzCase with { Companions = [.. fuzzCase.Companions.Select((old, i) => i == index ? companion : old)] };
}
