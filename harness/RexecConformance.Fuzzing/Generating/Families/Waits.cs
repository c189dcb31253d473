using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Cases that take time by design, so there are few.</summary>
internal static class Waits
{
    public static void Paused(Draft draft)
    {
        Logins.Whole(draft);
        if (draft.Stock.InMemory && draft.Pick.OneIn(2))
        {
            // Just within the minute that daemons wait for a port or for the rest, or just beyond.
            draft.Fragments = new PerFieldFragmentation();
            draft.Steps.Insert(draft.Pick.Below(4), new PauseStep(TimeSpan.FromSeconds(draft.Pick.OneIn(2) ? 59.5 : 60.5)));
            return;
        }

        for (int pauses = draft.Pick.From(1, 2); pauses > 0; pauses--)
        {
            int most = draft.Pick.OneIn(4) ? 30 : 9;
            draft.Steps.Insert(draft.Pick.From(1, draft.Steps.Count - 1), new PauseStep(TimeSpan.FromMilliseconds(draft.Pick.From(1, most))));
        }
    }

    public static void AcceptLate(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddQuick();
        draft.Aux = AuxMode.AcceptLate;
        draft.AuxAfter = TimeSpan.FromMilliseconds(draft.Pick.From(5, 30));
    }

    public static void NeverAccept(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.Pick.Of(draft.Stock.Accounts));
        draft.AddQuick();
        draft.Aux = AuxMode.NeverAccept;
    }

    public static void BacklogFull(Draft draft)
    {
        draft.AddAuxPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddQuick();
        draft.NeedsEnd = false;
        if (!draft.Stock.InMemory)
        {
            // A server tries for a minute, whatever its client does, and looks as if it had forgotten a session.
            draft.Aux = AuxMode.Refuse;
            return;
        }

        draft.Aux = AuxMode.BacklogFull;
        if (draft.Pick.OneIn(2))
        {
            // Longer than the server waits for its connection.
            draft.Steps.Add(new PauseStep(TimeSpan.FromSeconds(61)));
            return;
        }

        draft.Steps.Add(new PauseStep(TimeSpan.FromMilliseconds(50)));
        draft.Steps.Add(new CloseStep(StreamName.Primary));
    }

    public static void SlowCommand(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.PlainAccount());
        if (draft.Stock.Slow.Length == 0)
        {
            draft.AddQuick();
            return;
        }

        draft.Steps.Add(draft.Pick.Of(draft.Stock.Slow).Step);
        draft.NeedsEnd = false;
        if (draft.Pick.OneIn(2))
        {
            // What comes later comes all the same.
            draft.Steps.Add(new HalfCloseStep(StreamName.Primary));
        }
    }
}
