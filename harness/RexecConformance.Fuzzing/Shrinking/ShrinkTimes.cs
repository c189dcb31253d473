using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Shorter pauses, where one is needed at all.</summary>
internal static class ShrinkTimes
{
    private static readonly TimeSpan[] s_shorter = [.. new[] { 1, 10, 100, 1000, 10_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        for (int i = 0; i < attempt.Case.Send.Count; i++)
        {
            if (attempt.Case.Send[i] is not PauseStep pause)
            {
                continue;
            }

            foreach (TimeSpan shorter in s_shorter.TakeWhile(time => time < pause.Duration))
            {
                if (await attempt.TryAsync(i, pause with { Duration = shorter }))
                {
                    break;
                }
            }
        }
    }
}
