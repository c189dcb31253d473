using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Makes a case smaller as long as it shows the same: first whole parts, then bytes. The same case is always made smaller in the same way.</summary>
public static class Shrinker
{
    /// <summary>The smallest case that was found in the bounds; at least the case itself.</summary>
    /// <param name="start">A case that shows it.</param>
    /// <param name="shows">Whether a candidate shows the same.</param>
    /// <param name="context">What the places of the case stand for.</param>
    /// <param name="bounds">What it may cost.</param>
    public static async Task<FuzzCase> ShrinkAsync(FuzzCase start, Func<FuzzCase, ValueTask<bool>> shows, IByteContext context, ShrinkBounds bounds)
    {
        var attempt = new ShrinkAttempt(start, shows, context, bounds);
        int before;
        do
        {
            before = attempt.Taken;
            await ShrinkCompanions.RunAsync(attempt);
            await OneClientAsync(attempt);
        }
        while (attempt.Taken > before && !attempt.Spent);

        await ShrinkFields.RunAsync(attempt);
        return attempt.Case;
    }

    /// <summary>All passes over what one client does.</summary>
    internal static async Task OneClientAsync(ShrinkAttempt attempt)
    {
        await ShrinkSteps.RunAsync(attempt);
        await ShrinkFragments.RunAsync(attempt);
        await ShrinkAux.RunAsync(attempt);
        await ShrinkTimes.RunAsync(attempt);
        await ShrinkCommand.RunAsync(attempt);
        await ShrinkParts.RunAsync(attempt);
        await ShrinkBytes.RunAsync(attempt);
    }
}
