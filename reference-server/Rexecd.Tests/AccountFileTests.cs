namespace Rexecd.Tests;

public class AccountFileTests
{
    private const string Good = "name: good, password: secret, uid: 1, gid: 1, home: /, shell: /bin/sh";

    [Fact]
    public void Default_has_the_test_accounts()
    {
        Account good = AccountFile.Default.Find("good"u8)!;
        Assert.Equal("/home/good", good.Home);
        Assert.Equal("/bin/sh", AccountFile.Default.Find("noshell"u8)!.EffectiveShell);
        Assert.False(AccountFile.Default.Find("nohome"u8)!.HomeExists);
        Assert.True(AccountFile.Default.Find("expired"u8)!.AccountExpired);
        Assert.Null(AccountFile.Default.Find("good "u8));
    }

    [Theory]
    [InlineData("accounts: {a: {" + Good + "}}", null)]
    [InlineData("accounts: {a: {" + Good + ", uidd: 2}}", "f:1:87: a: unknown field 'uidd'")]
    [InlineData("accounts: {a: {" + Good + "}, b: {" + Good + "}}", ": b: a second account named 'good'")]
    [InlineData("accounts:\n  a: {name: good}", "f:2:6: a: field 'password' is missing")]
    [InlineData("accounts:\n  a: {" + Good + ", home-exists: maybe}", ": a.home-exists: 'maybe' is not valid")]
    [InlineData("accounts:\n  a: {" + Good + "\n  b: {" + Good + "}\n", "no valid YAML from here on")]
    [InlineData("accounts: 7", "f:1:11: accounts: a mapping")]
    [InlineData("acounts: {}", "f:1:1: unknown key 'acounts'")]
    public void Errors_have_the_position(string yaml, string? message)
    {
        if (message is null)
        {
            _ = AccountFile.Parse("f", yaml);
            return;
        }

        Assert.Contains(message, Assert.Throws<FileFormatException>(() => AccountFile.Parse("f", yaml)).Message);
    }
}
