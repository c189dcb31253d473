using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Fewer segments: one, then two, then as many as fields.</summary>
internal static class ShrinkFragments
{
    // Cuts behind this byte are tried only where the case has them already.
    private const int LastCut = 48;

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        if (attempt.Case.Fragments is WholeFragmentation || await To(attempt, new WholeFragmentation()))
        {
            return;
        }

        if (attempt.Case.Fragments is SplitFragmentation { Offsets.Count: 1 } one)
        {
            for (int cut = 1; cut < Math.Min(one.Offsets[0], LastCut); cut++)
            {
                if (await To(attempt, new SplitFragmentation([cut])))
                {
                    return;
                }
            }

            return;
        }

        int length = attempt.Case.Send.OfType<BytesStep>().Sum(step => attempt.Resolve(step).Length);
        IEnumerable<int> cuts = attempt.Case.Fragments is SplitFragmentation many ? many.Offsets : Enumerable.Range(1, Math.Max(0, Math.Min(length - 1, LastCut)));
        foreach (int cut in cuts.ToList())
        {
            if (await To(attempt, new SplitFragmentation([cut])))
            {
                return;
            }
        }

        if (attempt.Case.Fragments is SplitFragmentation { Offsets: { Count: > 2 } all })
        {
            foreach (int cut in all)
            {
                var fewer = ((SplitFragmentation)attempt.Case.Fragments).Offsets.Where(offset => offset != cut).ToList();
                _ = fewer.Count > 0 && await To(attempt, new SplitFragmentation(fewer));
            }
        }
        else if (attempt.Case.Fragments is PerByteFragmentation)
        {
            _ = await To(attempt, new PerFieldFragmentation());
        }
    }

    private static ValueTask<bool> To(ShrinkAttempt attempt, Fragmentation fragments) => attempt.TryAsync(attempt.Case with { Fragments = fragments });
}
