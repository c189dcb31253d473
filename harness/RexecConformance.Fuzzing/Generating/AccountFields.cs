using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>The fields of an account, made once.</summary>
internal sealed class AccountFields(Account account)
{
    private static readonly LiteralPart s_nul = new([0]);

    public string Key => account.Key;

    /// <summary>Whether it is one that a whole login is expected of more often than of others.</summary>
    public bool IsPlain => account is { Key: "good" or "victim" };

    public AccountPart NamePart { get; } = new(account.Key, "name");

    public AccountPart PasswordPart { get; } = new(account.Key, "password");

    public BytesStep Name { get; } = new("username", new ByteTemplate([new AccountPart(account.Key, "name"), s_nul]));

    public BytesStep Password { get; } = new("password", new ByteTemplate([new AccountPart(account.Key, "password"), s_nul]));

    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(account.Name);

    public byte[] PasswordBytes { get; } = Encoding.UTF8.GetBytes(account.Password);

    /// <summary>The password where everybody knows it: one of the suite's own; else nothing, as pieces of it would stand in finds and scenarios.</summary>
    public byte[] PublicPassword { get; } = AccountFile.Default.TryGet(account.Key, out Account? known) && known.Password == account.Password
        ? Encoding.UTF8.GetBytes(account.Password)
        : [];
}
