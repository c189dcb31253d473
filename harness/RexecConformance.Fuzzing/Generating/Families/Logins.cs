using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Requests of the right form.</summary>
internal static class Logins
{
    public static void Whole(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.Pick.OneIn(2) ? draft.PlainAccount() : draft.Pick.Of(draft.Stock.Accounts));
        draft.AddCommand();
    }

    /// <summary>Nothing but texts that are on the list, and no end that may cut it.</summary>
    public static void Safest(Draft draft)
    {
        draft.AddNoPort();
        draft.AddLogin(draft.PlainAccount());
        draft.AddQuick();
        draft.NeedsEnd = false;
    }

    public static void Wrong(Draft draft)
    {
        Choices pick = draft.Pick;
        Vocabulary words = draft.Stock.Words;
        AccountFields account = pick.Of(draft.Stock.WrongPasswords);
        draft.AddPort();
        switch (pick.Below(10))
        {
            case < 3:
                draft.AddField("username", pick.Of(words.UserNames));
                draft.AddField("password", pick.Of(words.Passwords));
                break;
            case 3:
                draft.AddField("username", pick.Of(words.UserNames));
                draft.Steps.Add(account.Password);
                break;
            case 4:
                draft.Steps.Add(account.Name);
                draft.AddField("password", pick.Of(words.Passwords));
                break;
            case 5:
                draft.AddField("username", account.NamePart, pick.Of(s_behindNames));
                draft.Steps.Add(account.Password);
                break;
            case 6:
                draft.Steps.Add(account.Name);
                draft.AddField("password", account.PasswordPart, pick.Of(s_behindNames));
                break;
            case 7:
                // As a person types it with the wrong key held down.
                draft.AddField("username", Upper(account.NameBytes));
                if (pick.OneIn(2))
                {
                    draft.Steps.Add(account.Password);
                }
                else
                {
                    draft.AddField("password", Upper(account.PublicPassword));
                }

                break;
            case 8:
                AddNearly(draft, account.Name, account.PublicPassword);
                break;
            default:
                // A long password, so that a server that compares its beginning is seen.
                AccountFields other = pick.Of(draft.Stock.Accounts);
                AddNearly(draft, other.Name, other.PublicPassword);
                break;
        }

        draft.AddCommand();
    }

    /// <summary>A password that lacks its last byte, or has another one there.</summary>
    private static void AddNearly(Draft draft, BytesStep name, byte[] password)
    {
        draft.Steps.Add(name);
        byte[] other = draft.Pick.OneIn(2) || password.Length == 0 ? [.. password.SkipLast(1)] : [.. password.SkipLast(1), (byte)(password[^1] ^ 1)];
        draft.AddField("password", other);
    }

    public static void Hosts(Draft draft)
    {
        Choices pick = draft.Pick;
        byte[] host = pick.Of(draft.Stock.Words.Hosts);
        AccountFields account = draft.PlainAccount();
        draft.AddPort();
        switch (pick.Below(3))
        {
            case 0:
                draft.AddField("username", account.NamePart, [(byte)'@', .. host]);
                draft.Steps.Add(account.Password);
                break;
            case 1:
                draft.AddField("username", host);
                draft.Steps.Add(account.Password);
                break;
            default:
                draft.AddField("username", pick.Of(draft.Stock.Words.UserNames));
                draft.AddField("password", host);
                break;
        }

        draft.AddCommand();
    }

    private static readonly byte[][] s_behindNames = [" "u8.ToArray(), "x"u8.ToArray(), "\t"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "."u8.ToArray(), "1"u8.ToArray()];

    private static byte[] Upper(byte[] text) => [.. text.Select(b => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b)];
}
