using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The accounts of a target, found by the bytes of a name.</summary>
internal sealed class KnownAccounts
{
    // What the image of a real daemon may have beside the accounts of the file, with a password that nobody knows: whether it does is not stated.
    private static readonly HashSet<string> s_system = new(StringComparer.Ordinal)
    {
        "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data", "backup", "list", "irc", "gnats", "nobody",
        "_apt", "operator", "toor", "root", "sshd", "messagebus", "systemd-network", "systemd-timesync", "systemd-resolve", "adm", "halt", "shutdown", "ftp",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_systemNames = s_system.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, KnownAccount>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly Dictionary<string, KnownAccount>.AlternateLookup<ReadOnlySpan<char>> _byNameInAnyCase;

    public KnownAccounts(AccountFile accounts)
    {
        var exact = new Dictionary<string, KnownAccount>(StringComparer.Ordinal);
        var any = new Dictionary<string, KnownAccount>(StringComparer.OrdinalIgnoreCase);
        foreach (Account account in accounts.Accounts)
        {
            var known = new KnownAccount(
                account, Encoding.UTF8.GetBytes(account.Password), accounts.Accounts.Count(other => other.Uid == account.Uid) == 1);
            string name = ByteText.Latin1.GetString(Encoding.UTF8.GetBytes(account.Name));
            _ = exact.TryAdd(name, known);
            _ = any.TryAdd(name, known);
        }

        _byName = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _byNameInAnyCase = any.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The account of a name; null if there is none.</summary>
    /// <param name="name">The bytes.</param>
    /// <param name="inAnyCase">The one whose name differs in the case of letters at most.</param>
    /// <param name="perhaps">True if a real system may have one beside those of the file.</param>
    public KnownAccount? Find(ReadOnlySpan<byte> name, out KnownAccount? inAnyCase, out bool perhaps)
    {
        inAnyCase = null;
        perhaps = false;
        if (name.Length > 512)
        {
            return null;
        }

        Span<char> text = stackalloc char[name.Length];
        _ = ByteText.Latin1.GetChars(name, text);
        if (_byName.TryGetValue(text, out KnownAccount? account))
        {
            return account;
        }

        _ = _byNameInAnyCase.TryGetValue(text, out inAnyCase);
        perhaps = s_systemNames.Contains(text);
        return null;
    }
}

/// <summary>An account as a prediction asks for it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Password">Its password's bytes.</param>
/// <param name="OwnUid">False if others have the same user number, so that the number does not tell the name.</param>
internal sealed record KnownAccount(Account Account, byte[] Password, bool OwnUid)
{
    /// <summary>What <c>pwd</c> prints.</summary>
    public byte[] HomeLine { get; } = Encoding.UTF8.GetBytes(Account.Home + "\n");

    /// <summary>What <c>id -un</c> prints.</summary>
    public byte[] NameLine { get; } = Encoding.UTF8.GetBytes(Account.Name + "\n");
}
