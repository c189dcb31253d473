using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>What comes behind the command.</summary>
internal static class Inputs
{
    private static readonly byte[][] s_harmless = ["1\n2\n3\n"u8.ToArray(), "true\n"u8.ToArray(), "echo out\n"u8.ToArray(), "0123456789"u8.ToArray(), "\n\n\n"u8.ToArray(), "# é\n"u8.ToArray()];

    public static void Make(Draft draft)
    {
        Choices pick = draft.Pick;
        draft.AddPort();
        draft.AddLogin(draft.PlainAccount());
        if (pick.OneIn(4))
        {
            draft.AddQuick();
        }
        else
        {
            draft.AddReading();
        }

        int pieces = pick.From(1, 3);
        for (int i = 0; i < pieces; i++)
        {
            draft.AddBytes("stdin", Some(draft));
        }

        draft.EndsItself = false;
        if (!pick.OneIn(8))
        {
            draft.Steps.Add(new HalfCloseStep(StreamName.Primary));
            draft.NeedsEnd = false;
        }
    }

    private static byte[] Some(Draft draft)
    {
        Choices pick = draft.Pick;
        if (draft.Stock.Harmless)
        {
            return pick.Of(s_harmless);
        }

        switch (pick.Below(5))
        {
            case 0:
                return pick.Of(draft.Stock.Words.Passwords);
            case 1:
                return [.. pick.Of(draft.Stock.Words.UserNames), (byte)'\n'];
            case 2:
                return pick.Of(s_harmless);
            case 3:
                byte[] many = new byte[pick.OneIn(20) ? pick.From(4000, 9000) : pick.From(100, 1100)];
                many.AsSpan().Fill((byte)'i');
                return many;
            default:
                byte[] any = new byte[pick.From(1, 40)];
                foreach (ref byte b in any.AsSpan())
                {
                    b = (byte)pick.Next();
                }

                return any;
        }
    }
}
