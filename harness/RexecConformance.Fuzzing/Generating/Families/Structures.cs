using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Requests whose fields are not as the grammar wants them.</summary>
internal static class Structures
{
    private static readonly string[] s_kinds = ["username", "password", "command"];

    public static void Missing(Draft draft)
    {
        AddAll(draft);
        draft.Steps.RemoveAt(draft.Pick.Below(4));
        draft.EndsItself = false;
        if (draft.Pick.OneIn(4))
        {
            draft.Steps.RemoveAt(draft.Pick.Below(3));
        }
    }

    public static void Doubled(Draft draft)
    {
        AddAll(draft);
        int which = draft.Pick.Below(4);
        draft.Steps.Insert(which, draft.Steps[which]);
        if (draft.Pick.OneIn(4))
        {
            draft.Steps.Add(draft.Steps[^1]);
        }
    }

    public static void Swapped(Draft draft)
    {
        AddAll(draft);
        int one = draft.Pick.Below(4);
        int other = (one + draft.Pick.From(1, 3)) % 4;
        (draft.Steps[one], draft.Steps[other]) = (draft.Steps[other], draft.Steps[one]);
        draft.EndsItself = false;
    }

    public static void Empty(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.Pick.Of(draft.Stock.Accounts));
        draft.AddCommand();
        int which = draft.Pick.Below(5);
        for (int i = 0; i < 3; i++)
        {
            if (which == i || (which >= 3 && draft.Pick.OneIn(2)))
            {
                draft.Steps[i + 1] = new BytesStep(s_kinds[i], new ByteTemplate([new LiteralPart([0])]));
                draft.EndsItself |= i == 2;
            }
        }
    }

    public static void Merged(Draft draft)
    {
        AddAll(draft);
        int which = draft.Pick.Below(4);

        // What has no NUL is no field.
        var step = (BytesStep)draft.Steps[which];
        IReadOnlyList<BytePart> parts = step.Bytes.Parts;
        byte[] last = ((LiteralPart)parts[^1]).Bytes;
        BytePart[] without = last.Length > 1 ? [.. parts.SkipLast(1), new LiteralPart(last[..^1])] : [.. parts.SkipLast(1)];
        if (without.Length == 0)
        {
            draft.Steps.RemoveAt(which);
        }
        else
        {
            draft.Steps[which] = new BytesStep("bytes", new ByteTemplate(without));
        }

        draft.EndsItself = false;
    }

    /// <summary>Four fields of which each may be read as another.</summary>
    private static void AddAll(Draft draft)
    {
        draft.AddPort();
        if (draft.Stock.Harmless)
        {
            draft.AddField("username", draft.Word(draft.Stock.Words.UserNames));
            draft.AddField("password", draft.Word(draft.Stock.Words.Passwords));
            draft.AddField("command", draft.Word(draft.Stock.Words.Commands));
            draft.EndsItself = true;
            return;
        }

        AccountFields account = draft.PlainAccount();
        draft.Steps.Add(account.Name);
        if (draft.Pick.OneIn(4))
        {
            draft.AddField("password", draft.Pick.Of(draft.Stock.Words.Passwords));
        }
        else
        {
            draft.Steps.Add(account.Password);
        }

        draft.AddCommand();
    }
}
