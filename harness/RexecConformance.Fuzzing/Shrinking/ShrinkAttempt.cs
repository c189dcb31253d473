using System.Diagnostics;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>The smallest case so far, and what may still be spent on a smaller one.</summary>
internal sealed class ShrinkAttempt(FuzzCase start, Func<FuzzCase, ValueTask<bool>> shows, IByteContext context, ShrinkBounds bounds)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _mustEnd = Ends(start, context);
    private int _asked;

    /// <summary>The smallest that shows the same.</summary>
    public FuzzCase Case { get; private set; } = start;

    /// <summary>Whether nothing more may be asked.</summary>
    public bool Spent => _asked >= bounds.Asks || _clock.Elapsed > bounds.Time;

    /// <summary>Counts the candidates that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Asks a candidate; it is the case from now on if it shows the same.</summary>
    public async ValueTask<bool> TryAsync(FuzzCase candidate)
    {
        // A request that never ends would cost seconds each time, and no one wants it as a scenario.
        if (Spent || (_mustEnd && !Ends(candidate, context)))
        {
            return false;
        }

        _asked++;
        if (!await shows(candidate))
        {
            return false;
        }

        Taken++;
        Case = candidate;
        return true;
    }

    /// <summary>The same for one client of several; what it may cost is counted by <paramref name="shows"/>.</summary>
    public ShrinkAttempt For(FuzzCase one, Func<FuzzCase, ValueTask<bool>> shows) =>
        new(one, shows, context, new ShrinkBounds(Math.Max(0, bounds.Asks - _asked), bounds.Time - _clock.Elapsed));

    /// <summary>The case with other steps.</summary>
    public ValueTask<bool> TryAsync(IEnumerable<SendStep> steps) => TryAsync(Case with { Send = [.. steps] });

    /// <summary>The case with another step in one place.</summary>
    public ValueTask<bool> TryAsync(int index, SendStep step) => TryAsync(Case.Send.Select((old, i) => i == index ? step : old));

    /// <summary>The bytes that a step sends.</summary>
    public byte[] Resolve(BytesStep step) => step.Bytes.Resolve(context);

    /// <summary>Whether a server can come to an end with a case: the request is complete, or the client ends it.</summary>
    private static bool Ends(FuzzCase fuzzCase, IByteContext context)
    {
        int fields = 0;
        foreach (SendStep step in fuzzCase.Send)
        {
            if (step is HalfCloseStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary })
            {
                return true;
            }

            fields += step is BytesStep bytes ? bytes.Bytes.Resolve(context).Count(b => b == 0) : 0;
        }

        return fields >= 4;
    }
}
