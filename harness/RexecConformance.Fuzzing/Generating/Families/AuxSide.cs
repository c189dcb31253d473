using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>What a client does about the connection that the server opens.</summary>
internal static class AuxSide
{
    /// <summary>Long enough for a busy machine, short enough for servers that never connect.</summary>
    private static readonly TimeSpan s_connected = TimeSpan.FromMilliseconds(250);

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
            _ => AuxMode.None,
        };
    }

    public static void Ended(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddReading();
        draft.Steps.Add(new AwaitAuxStep(s_connected));
        draft.Steps.Add(draft.Pick.Below(3) switch
        {
            0 => new HalfCloseStep(StreamName.Aux),
            1 => new CloseStep(StreamName.Aux),
            _ => new ResetStep(StreamName.Aux),
        });
        End(draft);
    }

    public static void Signal(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());

        // It says nothing whether it dies of the signal or of the end of its input.
        draft.AddReading();
        draft.Steps.Add(new AwaitAuxStep(s_connected));
        byte[] signals = new byte[draft.Pick.OneIn(4) ? draft.Pick.From(2, 4) : 1];
        foreach (ref byte signal in signals.AsSpan())
        {
            signal = draft.Pick.OneIn(2) ? draft.Pick.Of(s_usual) : (byte)draft.Pick.Next();
            signal = draft.Stock.Harmless && s_stops.Contains(signal) ? (byte)15 : signal;
        }

        draft.Steps.Add(new SignalStep(signals) { Together = draft.Pick.OneIn(2) });
        End(draft);
    }

    private static void End(Draft draft)
    {
        draft.Steps.Add(new HalfCloseStep(StreamName.Primary));
        draft.NeedsEnd = false;
    }
}
