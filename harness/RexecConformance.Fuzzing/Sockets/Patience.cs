using RexecConformance.Dialects;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>How long a client waits for a server that says nothing and does not close.</summary>
/// <remarks>
/// Many cases of a fuzzer ask for nothing at all, so that the server is right to wait for more: each costs this time,
/// and many are under way at once. Three things take a server longer: a refusal that its dialect says is slow, or may be (PAM
/// waits about two seconds after a wrong password), a command that sleeps, and a busy machine.
/// </remarks>
internal sealed class Patience
{
    // A bound of no more than this is what a busy machine is given, and no word on slow refusals.
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _quiet;
    private readonly TimeSpan _answer;

    /// <param name="dialect">Says which refusals are slow.</param>
    /// <param name="quiet">The longest that nothing happens on both streams of an exchange that is not over.</param>
    public Patience(Dialect dialect, TimeSpan quiet)
    {
        _quiet = quiet;
        _answer = dialect.Diagnostics.Values
            .Where(diagnostic => diagnostic.NotBefore is not null || diagnostic.Within > s_prompt)
            .Select(diagnostic => diagnostic.Within ?? (diagnostic.NotBefore ?? TimeSpan.Zero) + quiet)
            .Append(quiet)
            .Max();
    }

    /// <summary>How long a case may be silent before the first byte of an answer, and after it.</summary>
    /// <param name="steps">The acts of its client.</param>
    public (TimeSpan Unanswered, TimeSpan Answered) Of(IReadOnlyList<WireStep> steps)
    {
        byte[] sent = [.. steps.OfType<Send>().Where(send => send.Stream == StreamName.Primary).SelectMany(send => send.Bytes)];
        TimeSpan asleep = TimeSpan.FromSeconds(SleptSeconds(sent));

        // Only a request of four fields can be refused a login; an unfinished one is not worth a long wait.
        bool complete = sent.Count(b => b == 0) >= 4;
        return (asleep + (complete ? _answer : _quiet), asleep + _quiet);
    }

    /// <summary>The seconds of all <c>sleep N</c> in the bytes, at most 9 for each.</summary>
    private static int SleptSeconds(ReadOnlySpan<byte> sent)
    {
        int seconds = 0;
        for (int at; (at = sent.IndexOf("sleep "u8)) >= 0;)
        {
            sent = sent[(at + 6)..];
            seconds += !sent.IsEmpty && sent[0] is >= (byte)'0' and <= (byte)'9' ? sent[0] - '0' : 0;
        }

        return seconds;
    }
}
