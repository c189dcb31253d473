using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Clients that stop.</summary>
internal static class Endings
{
    public static void Unfinished(Draft draft)
    {
        Beginning(draft);
        draft.EndPrimary();
    }

    public static void Silent(Draft draft)
    {
        Beginning(draft);
        draft.Steps.Add(new PauseStep(TimeSpan.FromMilliseconds(draft.Pick.From(50, 200))));
        draft.Steps.Add(new CloseStep(StreamName.Primary));
        draft.NeedsEnd = false;
    }

    /// <summary>Where waiting is free the client outlasts the server, or ends just before it, or never ends anything; else it is one more that stops.</summary>
    public static void LeftOpen(Draft draft)
    {
        if (!draft.Stock.InMemory)
        {
            Unfinished(draft);
            return;
        }

        if (!draft.Pick.OneIn(8))
        {
            Beginning(draft);
        }

        int seconds = draft.Pick.Of(s_seconds);
        draft.Steps.Add(new PauseStep(TimeSpan.FromSeconds(seconds)));
        draft.NeedsEnd = false;

        // What is left open sooner leaves it to the client's patience what it sees.
        if (seconds < s_seconds[^2] || draft.Pick.OneIn(2))
        {
            draft.EndPrimary();
        }
    }

    // The time-outs of the daemons are a minute each (facts/dialects.md 2.3), and two may follow each other.
    private static readonly int[] s_seconds = [5, 59, 61, 62, 125, 130];

    public static void Early(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddCommand();
        if (draft.Stock.Harmless && draft.Pick.OneIn(2))
        {
            // Where not all may be seen, the command must be one of which every beginning is harmless.
            draft.Steps[^1] = draft.Pick.Of(draft.Stock.CutCommands.Length > 0 ? draft.Stock.CutCommands : draft.Stock.Quick).Step;
        }

        draft.EndPrimary();
        if (draft.Aux == AuxMode.Listen && draft.Pick.OneIn(4) && draft.Steps[^1] is HalfCloseStep)
        {
            draft.Steps.Add(draft.Pick.OneIn(2) ? new CloseStep(StreamName.Primary) : new ResetStep(StreamName.Primary));
        }
    }

    /// <summary>A request that stops behind a field, or within one.</summary>
    private static void Beginning(Draft draft)
    {
        Choices pick = draft.Pick;
        draft.AddPort();
        if (draft.Stock.Harmless && pick.OneIn(2))
        {
            draft.AddField("username", draft.Word(draft.Stock.Words.UserNames));
            draft.AddField("password", draft.Word(draft.Stock.Words.Passwords));
        }
        else
        {
            draft.AddLogin(pick.OneIn(3) ? pick.Of(draft.Stock.Accounts) : draft.PlainAccount());
        }

        draft.AddQuick();
        draft.EndsItself = false;
        int keep = pick.Below(5);
        if (keep == 4)
        {
            // All but the last NUL.
            Shorten(draft, 3, 1);
            return;
        }

        draft.Steps.RemoveRange(keep + 1, 3 - keep);
        if (pick.OneIn(3))
        {
            return;
        }

        int length = ((BytesStep)draft.Steps[keep]).Bytes.Parts is [LiteralPart literal] ? literal.Bytes.Length : 1;
        Shorten(draft, keep, draft.Stock.Harmless ? 1 : pick.From(1, length));
    }

    /// <summary>Takes bytes from the end of a field, which is none then.</summary>
    private static void Shorten(Draft draft, int step, int bytes)
    {
        IReadOnlyList<BytePart> parts = ((BytesStep)draft.Steps[step]).Bytes.Parts;
        byte[] last = ((LiteralPart)parts[^1]).Bytes;
        BytePart[] left = last.Length > bytes ? [.. parts.SkipLast(1), new LiteralPart(last[..^bytes])] : [.. parts.SkipLast(1)];
        if (left.Length == 0)
        {
            draft.Steps.RemoveAt(step);
        }
        else
        {
            draft.Steps[step] = new BytesStep("bytes", new ByteTemplate(left));
        }
    }
}
