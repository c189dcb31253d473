using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Fewer acts of the client: halves, quarters, single ones; a field that must be there may be empty.</summary>
internal static class ShrinkSteps
{
    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        for (int size = Math.Max(1, attempt.Case.Send.Count / 2); size >= 1; size /= 2)
        {
            // From the end: what comes late matters least.
            for (int at = attempt.Case.Send.Count - size; at >= 0 && !attempt.Spent; at -= size)
            {
                int from = at;
                _ = await attempt.TryAsync(attempt.Case.Send.Where((_, i) => i < from || i >= from + size));
            }
        }

        for (int i = 0; i < attempt.Case.Send.Count; i++)
        {
            if (attempt.Case.Send[i] is BytesStep { IsField: true } field && attempt.Resolve(field) is [.., 0] and { Length: > 1 })
            {
                _ = await attempt.TryAsync(i, field with { Bytes = new ByteTemplate([new LiteralPart([0])]) });
            }
            else if (attempt.Case.Send[i] is SignalStep { Signals.Count: > 1 } signals)
            {
                _ = await attempt.TryAsync(i, signals with { Signals = [signals.Signals[0]] }) || await attempt.TryAsync(i, signals with { Signals = [signals.Signals[^1]] });
            }
        }
    }
}
