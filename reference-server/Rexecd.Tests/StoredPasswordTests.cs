using System.Diagnostics;
using Posix;

namespace Rexecd.Tests;

/// <summary>Passwords of accounts files: in clear and as crypt hashes.</summary>
public class StoredPasswordTests
{
    private const string Rest = "uid: 1, gid: 1, home: /, shell: /bin/sh";

    [Fact]
    public void Password_in_clear_is_only_compared()
    {
        Account good = AccountFile.Default.Find("good"u8)!;
        Assert.True(good.Password.Matches("secret"u8));
        Assert.False(good.Password.Matches("secret "u8));
        Assert.False(good.Password.Matches(""u8));
        Assert.DoesNotContain("secret", good.ToString());
        Assert.DoesNotContain("secret", good.Password.ToString());
        Assert.True(AccountFile.Default.Find("emptypw"u8)!.Password.IsEmpty);
    }

    [SkippableTheory]
    [InlineData("$1$suite$")]
    [InlineData("$5$rounds=1000$suite$")]
    [InlineData("$6$rounds=1000$suite$")]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$")]
    public void Crypt_hash_is_checked(string setting)
    {
        string hash = Hash("secret", setting);
        StoredPassword password = Read($"hash: \"{hash}\"").Password;
        Assert.True(password.Matches("secret"u8));
        Assert.False(password.Matches("secre"u8));
        Assert.False(password.Matches(new byte[100_000].AsSpan().Slice(0, 0)));
        byte[] endless = new byte[100_000];
        endless.AsSpan().Fill((byte)'x');
        Assert.False(password.Matches(endless)); // more than the library takes
    }

    [SkippableTheory]
    [InlineData("hash: \"nonsense\"", "f:2:24: a.hash: not a hash that this system's crypt(3) makes")]
    [InlineData("hash: \"$5$suite\"", "f:2:24: a.hash: not a hash")]
    [InlineData("hash: \"*\"", "a.hash: not a hash")]
    [InlineData("hash: \"\", password: secret", "a: a password or its hash expected, not both")]
    [InlineData("", "a: field 'password' is missing")]
    public void Damaged_hash_has_its_position(string field, string message)
    {
        Needs();
        Assert.Contains(message, Assert.Throws<FileFormatException>(() => Read(field)).Message);
    }

    [SkippableFact]
    public async Task Unknown_user_costs_what_a_known_one_costs()
    {
        string slow = Hash("secret", "$6$rounds=150000$suite$");
        AccountFile accounts = AccountFile.Parse("f", $"accounts:\n  a: {{name: ann, hash: \"{slow}\", {Rest}}}\n  b: {{name: bob, password: secret, {Rest}}}\n");
        long one = await TimeAsync(accounts, "sco", "ann"); // one text for both
        Assert.InRange(await TimeAsync(accounts, "sco", "nobody"), one / 3, one * 3);
        Assert.InRange(await TimeAsync(accounts, "sco", "bob"), one / 3, one * 3);
        Assert.InRange(await TimeAsync(accounts, "bsd44", "nobody"), 0, one / 3); // told apart by its text
    }

    private static async Task<long> TimeAsync(AccountFile accounts, string dialect, string user)
    {
        var logins = new FileLogins(new RexecServerOptions { Accounts = accounts, Dialect = Dialect.Load(dialect) });
        var request = new LoginRequest(ByteText.Bytes(user), ByteText.Bytes("wrong"), new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1));
        long best = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            Login login = await logins.CheckAsync(request, CancellationToken.None);
            best = Math.Min(best, Stopwatch.GetTimestamp() - begin);
            Assert.NotNull(login.Refusal);
        }

        return best;
    }

    private static Account Read(string field) =>
        AccountFile.Parse("f", $"accounts:\n  a: {{name: ann, {Rest}, {field}}}".Replace($"{Rest}, {field}", field.Length == 0 ? Rest : $"{field}, {Rest}")).Find("ann"u8)!;

    private static string Hash(string password, string setting)
    {
        Needs();
        return ByteText.Text(Crypt.Hash(ByteText.Bytes(password), setting) ?? throw new InvalidOperationException(setting));
    }

    private static void Needs() => Skip.IfNot(OperatingSystem.IsLinux() && Crypt.IsPresent, "needs libcrypt.so.1");
}
