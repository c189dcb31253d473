using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>A command whose client sends bytes on the auxiliary connection: each is a signal to the command's process group, where the dialect relays them.</summary>
internal static class SignalledCommand
{
    // A shell has begun, and set its trap, when so much time has passed since its request; and it must be well before its end.
    private static readonly TimeSpan s_begun = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_trapSet = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_wellBefore = TimeSpan.FromMilliseconds(300);

    private const string Ready = "ready\n";

    /// <summary>What comes of it, and when the server ends the streams; null where that is a race or not stated.</summary>
    /// <param name="effect">The command, left alone.</param>
    /// <param name="script">The client.</param>
    /// <param name="rules">The dialect.</param>
    /// <param name="commandEnd">The bytes up to and with the command's NUL.</param>
    public static (CommandEffect Effect, TimeSpan? EndsAt)? Of(CommandEffect effect, ClientScript script, DialectRules rules, int commandEnd)
    {
        Moment begun = script.SentAt(commandEnd);
        TimeSpan over = begun.Earliest + effect.Lasts;
        if (rules.SignalByte == "ignored")
        {
            return (effect, over);
        }

        if (rules.SignalByte != "delivered")
        {
            return null;
        }

        for (int i = 0; i < script.Signals.Count; i++)
        {
            SentSignal signal = script.Signals[i];
            if (Harmless(signal.Number))
            {
                continue;
            }

            // A server that closes the connection after the first byte (aux-half-close: stderr-lost) may not see the next.
            bool seen = i == 0 || rules.AuxHalfClose != "stderr-lost";
            return seen && signal.Connected && signal.AfterBytes >= commandEnd ? Killed(effect, signal, begun) : null;
        }

        return (effect, over);
    }

    /// <summary>True if the bytes come while the command runs for certain.</summary>
    public static bool InTime(CommandEffect effect, ClientScript script, int commandEnd)
    {
        Moment begun = script.SentAt(commandEnd);
        SentSignal last = script.Signals[^1];
        return script.Signals[0].Connected && effect.Lasts > TimeSpan.Zero && last.At.Earliest + s_wellBefore < begun.Earliest + effect.Lasts;
    }

    private static (CommandEffect Effect, TimeSpan? EndsAt)? Killed(CommandEffect effect, SentSignal signal, Moment begun)
    {
        TimeSpan since = signal.At.Earliest - begun.Earliest;
        if (since + s_wellBefore > effect.Lasts)
        {
            return null;
        }

        string? output = (effect.Operation, signal.Number) switch
        {
            ("sleep", 9 or 15) when since >= s_begun => "",
            ("catch-signal", 15) when signal.AfterOutput >= Ready.Length && since >= s_trapSet => Ready + "caught\n",
            ("catch-signal", 9) when signal.AfterOutput >= Ready.Length && since >= s_trapSet => Ready,
            _ => null,
        };
        return output is null ? null : (effect with { Output = ServerBytes.Text(output), Lasts = TimeSpan.Zero }, signal.At.Earliest);
    }

    // No signal has such a number; the server's kill() fails, and it goes on.
    private static bool Harmless(byte number) => number is 0 or > 64;
}
