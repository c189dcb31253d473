using System.Text;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Bytes that a careless reader trips over, within a field.</summary>
internal static class OddBytes
{
    private static readonly byte[][] s_odd =
    [
        [0], [0, 0], [1], [0x7f], [0x80], [0xff], [0xa0], [0xc3], [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf], [0xe2, 0x80, 0xae],
        "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\t"u8.ToArray(), "\b\b"u8.ToArray(), "\x04"u8.ToArray(), "\x03"u8.ToArray(), "\x1a"u8.ToArray(),
        "\e[2J"u8.ToArray(), "\e]0;x\a"u8.ToArray(), "\e[31m"u8.ToArray(),
        "%s%n"u8.ToArray(), "$"u8.ToArray(), "$x"u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), "\\"u8.ToArray(), ":"u8.ToArray(), "/../"u8.ToArray(), "*"u8.ToArray(), "-f"u8.ToArray(), " "u8.ToArray(),
    ];

    public static void UserName(Draft draft)
    {
        AccountFields account = draft.PlainAccount();
        draft.AddPort();
        draft.AddField("username", Within(draft.Pick, draft.Pick.OneIn(2) ? account.NameBytes : draft.Pick.Of(draft.Stock.Words.UserNames)));
        draft.Steps.Add(account.Password);
        draft.AddCommand();
    }

    public static void Password(Draft draft)
    {
        AccountFields account = draft.Pick.Of(draft.Stock.WrongPasswords);
        draft.AddPort();
        draft.Steps.Add(account.Name);
        draft.AddField("password", Within(draft.Pick, draft.Pick.OneIn(2) ? account.PublicPassword : draft.Pick.Of(draft.Stock.Words.Passwords)));
        draft.AddCommand();
    }

    public static void Command(Draft draft)
    {
        draft.AddPort();
        draft.AddLogin(draft.PlainAccount());
        byte[] known = draft.Pick.Of(draft.Stock.Quick).Text;
        if (draft.Stock.Harmless)
        {
            // Only behind a comment's sign, and only what no shell looks at there; the first of those that are not fit is tried again.
            draft.AddField("command", [.. known, .. " #"u8, .. draft.Pick.Of(s_odd), .. draft.Pick.Of(draft.Stock.Words.UserNames)]);
        }
        else
        {
            draft.AddField("command", Within(draft.Pick, draft.Pick.OneIn(2) ? known : draft.Pick.Of(draft.Stock.Words.Commands)));
        }
    }

    /// <summary>Some odd bytes put into a text, or alone.</summary>
    private static byte[] Within(Choices pick, byte[] text)
    {
        byte[] odd = pick.OneIn(8) ? Anything(pick) : pick.Of(s_odd);
        if (pick.OneIn(10))
        {
            return odd;
        }

        int at = pick.Below(3) switch
        {
            0 => 0,
            1 => text.Length,
            _ => pick.Below(text.Length + 1),
        };
        return [.. text.AsSpan(0, at), .. odd, .. text.AsSpan(at)];
    }

    private static byte[] Anything(Choices pick)
    {
        byte[] bytes = new byte[pick.From(1, 6)];
        foreach (ref byte b in bytes.AsSpan())
        {
            b = (byte)pick.Next();
        }

        return bytes;
    }
}
