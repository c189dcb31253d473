using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>What a client does about the connection that the server opens.</summary>
internal static class AuxSide
{
    /// <summary>Long enough for a busy machine, short enough for servers that never connect.</summary>
    private static readonly TimeSpan s_connected = TimeSpan.FromMilliseconds(250);

    /// <summary>For the server to see what came on one connection before the other.</summary>
    private static readonly TimeSpan s_seen = TimeSpan.FromMilliseconds(15);

    /// <summary>A shell that has said that it is ready has set its trap by then, on a busy machine too.</summary>
    private static readonly TimeSpan s_trapSet = TimeSpan.FromMilliseconds(70);

    private static readonly ByteTemplate s_ready = new([new LiteralPart("ready\n"u8.ToArray())]);

    // A stopped process is there for ever.
    private static readonly byte[] s_stops = [17, 18, 19, 20, 21, 22, 23, 24, 26, 27];

    private static readonly byte[] s_usual = [0, 1, 2, 3, 9, 13, 15, 127, 128, 200, 255];

    public static void Behaviour(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.Pick.Of(draft.Stock.Accounts));
        draft.AddCommand();
        draft.Aux = draft.Pick.Below(10) switch
        {
            < 6 => AuxMode.Refuse,
            < 9 => AuxMode.Reset,
            _ => draft.Stock.InMemory ? AuxMode.Privileged : AuxMode.None,
        };
    }

    public static void Ended(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddReading();
        draft.Steps.Add(new AwaitAuxStep(s_connected));
        switch (draft.Pick.Below(3))
        {
            case 0:
                // Errors may come on it all the same.
                draft.Steps.Add(new HalfCloseStep(StreamName.Aux));
                draft.Steps.Add(new PauseStep(s_seen));
                draft.AddBytes("stdin", "1\n2\n"u8);
                break;
            case 1:
                draft.Steps.Add(new CloseStep(StreamName.Aux));
                break;
            default:
                draft.Steps.Add(new ResetStep(StreamName.Aux));
                break;
        }

        End(draft);
    }

    public static void Signal(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());

        // What says that it was caught takes two seconds where it was not.
        if (draft.Stock.Catching is { } catching && draft.Pick.OneIn(draft.Stock.InMemory ? 3 : 10))
        {
            draft.Steps.Add(catching.Step);
            draft.Steps.Add(new AwaitAuxStep(s_connected));
            draft.Steps.Add(new AwaitBytesStep(StreamName.Primary, s_ready, s_connected));
            draft.Steps.Add(new PauseStep(s_trapSet));
            draft.Steps.Add(new SignalStep([draft.Pick.Below(4) switch { < 2 => 15, 2 => 9, _ => SignalByte(draft) }]));
            draft.NeedsEnd = false;
            return;
        }

        // It says nothing whether it dies of the signal or of the end of its input.
        draft.AddReading();
        draft.Steps.Add(new AwaitAuxStep(s_connected));
        byte[] signals = new byte[draft.Pick.OneIn(4) ? draft.Pick.From(2, 4) : 1];
        foreach (ref byte signal in signals.AsSpan())
        {
            signal = SignalByte(draft);
        }

        draft.Steps.Add(new SignalStep(signals) { Together = draft.Pick.OneIn(2) });
        if (draft.Stock.InMemory && draft.Pick.OneIn(2))
        {
            // Elsewhere the two connections race, and a dead command's input may still be read.
            draft.Steps.Add(new PauseStep(s_seen));
            draft.AddBytes("stdin", "1\n2\n"u8);
        }

        End(draft);
    }

    private static byte SignalByte(Draft draft)
    {
        byte signal = draft.Pick.OneIn(2) ? draft.Pick.Of(s_usual) : (byte)draft.Pick.Next();
        return draft.Stock.Harmless && s_stops.Contains(signal) ? (byte)15 : signal;
    }

    private static void End(Draft draft)
    {
        draft.Steps.Add(new HalfCloseStep(StreamName.Primary));
        draft.NeedsEnd = false;
    }
}
