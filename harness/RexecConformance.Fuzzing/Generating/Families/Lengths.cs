namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Fields of an exact length.</summary>
internal static class Lengths
{
    /// <summary>What a command's limit may cost on average, bytes.</summary>
    private const int MeanCommand = 1500;

    private static readonly int[] s_short = [1, 15, 16, 17, 127, 128, 129, 255, 256, 257];

    private static readonly byte[] s_unknown = "nosuchcommand "u8.ToArray();

    public static void UserName(Draft draft)
    {
        draft.AddPort();
        int length = Near(draft.Pick, draft.Stock.Limits.UserName);
        AccountFields[] exact = Array.FindAll(draft.Stock.Accounts, account => account.NameBytes.Length == length);
        AccountFields account = draft.PlainAccount();
        if (exact.Length > 0 && draft.Pick.OneIn(2))
        {
            draft.AddLogin(draft.Pick.Of(exact));
        }
        else if (length > account.NameBytes.Length && draft.Pick.OneIn(3))
        {
            draft.AddField("username", account.NamePart, Padding.Of(draft.Pick, length - account.NameBytes.Length));
            draft.Steps.Add(account.Password);
        }
        else
        {
            draft.AddField("username", Padding.Text(draft.Pick, length, draft.Stock.Words.UserNames));
            draft.Steps.Add(account.Password);
        }

        draft.AddCommand();
    }

    public static void Password(Draft draft)
    {
        draft.AddPort();
        int length = Near(draft.Pick, draft.Stock.Limits.Password);
        AccountFields[] exact = Array.FindAll(draft.Stock.Accounts, account => account.PasswordBytes.Length == length);
        AccountFields account = draft.Pick.Of(draft.Stock.WrongPasswords);
        if (exact.Length > 0 && draft.Pick.OneIn(2))
        {
            draft.AddLogin(draft.Pick.Of(exact));
        }
        else if (length > account.PasswordBytes.Length && draft.Pick.OneIn(3))
        {
            draft.Steps.Add(account.Name);
            draft.AddField("password", account.PasswordPart, Padding.Of(draft.Pick, length - account.PasswordBytes.Length));
        }
        else
        {
            draft.Steps.Add(account.Name);
            draft.AddField("password", Padding.Text(draft.Pick, length, draft.Stock.Words.Passwords));
        }

        draft.AddCommand();
    }

    public static void Command(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.PlainAccount());
        int limit = draft.Stock.Limits.Command.Count == 0 ? 16 : draft.Pick.Of(draft.Stock.Limits.Command);
        if (limit > MeanCommand && draft.Pick.Below(limit) >= MeanCommand)
        {
            limit = draft.Pick.Of(s_short);
        }

        AddCommand(draft, limit + draft.Pick.From(-1, 2));
    }

    public static void Overlong(Draft draft)
    {
        Choices pick = draft.Pick;
        int more = pick.Below(400) switch
        {
            0 => 1 << 17,
            < 3 => 1 << 16,
            < 7 => 1 << 15,
            < 200 => 1 << 8,
            _ => 1,
        };
        AccountFields account = draft.PlainAccount();
        draft.AddPort();
        switch (pick.Below(3))
        {
            case 0:
                draft.AddField("username", account.NamePart, Padding.Of(pick, Math.Max(1, Any(pick, draft.Stock.Limits.UserName) + more - account.NameBytes.Length)));
                draft.Steps.Add(account.Password);
                draft.AddCommand();
                break;
            case 1:
                draft.Steps.Add(account.Name);
                draft.AddField("password", Padding.Of(pick, Any(pick, draft.Stock.Limits.Password) + more));
                draft.AddCommand();
                break;
            default:
                draft.AddLogin(account);
                AddCommand(draft, pick.Of(s_short) + more);
                break;
        }
    }

    /// <summary>A command of so many bytes: a known one with blanks or a comment, or one that no shell knows.</summary>
    private static void AddCommand(Draft draft, int length)
    {
        Choices pick = draft.Pick;
        byte[] known = pick.Of(draft.Stock.Quick).Text;
        byte[] text = new byte[length];
        if (!draft.Stock.Harmless && pick.Below(3) > 0)
        {
            Padding.Fill(pick, text);
            s_unknown.AsSpan(0, Math.Min(s_unknown.Length, length)).CopyTo(text);
        }
        else if (length < known.Length + 2)
        {
            text.AsSpan().Fill((byte)' ');
            text.AsSpan(Math.Max(0, length - 4)).Fill((byte)'7');
        }
        else
        {
            text.AsSpan().Fill((byte)' ');
            int from = pick.OneIn(4) ? length - known.Length : 0;
            known.CopyTo(text, from);
            if (from == 0 && !pick.OneIn(4))
            {
                text[known.Length + 1] = (byte)'#';
                Padding.Fill(pick, text.AsSpan(known.Length + 2));
            }
        }

        draft.AddField("command", text);
        draft.EndsItself = true;
    }

    private static int Near(Choices pick, IReadOnlyList<int> limits) => Math.Max(0, Any(pick, limits) + pick.From(-1, 2));

    private static int Any(Choices pick, IReadOnlyList<int> limits) => limits.Count == 0 ? 16 : pick.Of(limits);
}
