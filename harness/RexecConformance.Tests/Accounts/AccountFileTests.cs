using RexecConformance.Accounts;

namespace RexecConformance.Tests.Accounts;

public sealed class AccountFileTests
{
    private const string Line = """good: { name: "good", password: "secret", uid: 2001, gid: 2001, home: "/home/good", shell: "/bin/sh" }""";

    [Fact]
    public void The_embedded_file_has_every_account_of_the_design()
    {
        AccountFile file = AccountFile.Default;
        Assert.Equal(
            ["good", "victim", "nohome", "badsh", "noshell", "emptypw", "root", "toor", "expired", "pwexpired",
             "user14", "user15", "user16", "user17", "user255", "user256", "pw14", "pw15", "pw16", "pw17", "pw80"],
            file.Accounts.Select(account => account.Key));
        Assert.Equal(new Account("good", "good", "secret", 2001, 2001, "/home/good", "/bin/sh"), file["good"]);
        Assert.False(file["nohome"].HomeExists);
        Assert.True(file["expired"].AccountExpired);
        Assert.True(file["pwexpired"].PasswordExpired);
        Assert.Equal(256, file["user256"].Name.Length);
        Assert.All([14, 15, 16, 17], n => Assert.Equal(n, file[$"pw{n}"].Password.Length));
        Assert.False(file.TryGet("nosuch", out _));
    }

    [Theory]
    [InlineData("format: 2\naccounts:\n  LINE\n", "a.yaml:1:9: format '2', expected 1")]
    [InlineData("accounts:\n  LINE\n", "a.yaml:1:1: 'format' is missing, expected format: value")]
    [InlineData("format: 1\naccounts: {}\n", "a.yaml:2:11: no accounts, expected at least one")]
    [InlineData("format: 1\naccounts: []\n", "a.yaml:2:11: accounts is not a mapping, expected key: value")]
    [InlineData("format: 1\nextra: 1\naccounts:\n  LINE\n", "a.yaml:2:1: unknown key 'extra', expected one of format, accounts")]
    [InlineData("format: 1\naccounts:\n  a: { name: x }\n", "a.yaml:3:6: 'password' is missing, expected password: value")]
    [InlineData("format: 1\naccounts:\n  LINE\n  b: { name: good, password: x, uid: 1, gid: 1, home: /h, shell: /s }\n", "a.yaml:4:6: a second account named 'good', expected each name once")]
    [InlineData("format: 1\naccounts:\n  b: { name: b, password: x, uid: -1, gid: 1, home: /h, shell: /s }\n", "a.yaml:3:35: uid '-1', expected a number from 0 to 2147483647")]
    [InlineData("format: 1\naccounts:\n  b: { name: b, password: , uid: 1, gid: 1, home: /h, shell: /s }\n", "a.yaml:3:27: nothing, expected a text")]
    [InlineData("format: 1\naccounts:\n  b: { name: 'b:c', password: x, uid: 1, gid: 1, home: /h, shell: /s }\n", "a.yaml:3:14: name with a colon or a control character, expected a field of /etc/passwd")]
    [InlineData("format: 1\naccounts:\n  b: { name: b, password: x, uid: 1, gid: 1, home: h, shell: /s }\n", "a.yaml:3:52: home 'h', expected an absolute path")]
    [InlineData("format: 1\naccounts:\n  b: { name: b, password: x, uid: 1, gid: 1, home: /h, shell: /s, home-exists: yes }\n", "a.yaml:3:80: home-exists 'yes', expected true or false")]
    public void What_is_wrong_is_told_in_one_line_with_its_place(string text, string message)
    {
        string full = text.Replace("LINE", Line, StringComparison.Ordinal);
        var e = Assert.Throws<AccountFileException>(() => AccountFile.Parse(full, "a.yaml"));
        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("format: 1\naccounts: [\n")]
    [InlineData("format: 1\nformat: 1\n")]
    [InlineData("format: 1\naccounts:\n  good: { name: a, password: b\n  victim: { name: v, password: c }\n")]
    [InlineData("format: 1\naccounts: { a: 1, a: 2 }\n")]
    public void Text_that_is_not_YAML_is_told_with_its_place(string text)
    {
        var e = Assert.Throws<AccountFileException>(() => AccountFile.Parse(text, "a.yaml"));
        Assert.Matches(@"^a\.yaml:[1-9]\d*:[1-9]\d*: [^\n]+$", e.Message);
    }

    // A stack that is full would end the process.
    [Fact]
    public void Text_that_is_nested_without_end_is_told() =>
        Assert.Contains("nested", Assert.Throws<AccountFileException>(() => AccountFile.Parse(string.Concat(Enumerable.Repeat("- ", 100_000)) + "a", "a.yaml")).Message);

    [Fact]
    public void No_document_is_told() =>
        Assert.Equal("a.yaml:1:1: holds 0 YAML documents, expected one", Assert.Throws<AccountFileException>(() => AccountFile.Parse("", "a.yaml")).Message);
}
