using System.Diagnostics;

namespace Rexecd.Tests;

/// <summary>Servers that don't mind a wrong password, and what they may therefore not be given (facts 3.11, 3.12).</summary>
public class LoginCheckTests
{
    public static TheoryData<string> Dialects => [.. Dialect.Names];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void All_but_two_check_passwords(string name) =>
        Assert.Equal(name is not ("nuttx" or "inetutils191"), Dialect.Load(name).ChecksPasswords);

    [Theory]
    [InlineData("nuttx", "login.check: skipped")]
    [InlineData("inetutils191", "login.check: answered")]
    [InlineData("bsd44", "login.check: answered")]
    [InlineData("debian", "login.check: skipped")]
    public void Real_shell_is_refused_to_them(string name, string entry)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SessionTests.Start(name, o => o with { Dialect = o.Dialect.WithYaml(entry), Commands = CommandMode.Shell }));
        Assert.StartsWith($"--commands shell needs a dialect that checks passwords, and {name} does not", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("good", "wrong", "\u0001Password incorrect\0good\n")]
    [InlineData("emptypw", "any", "\0emptypw\n")]
    [InlineData("nobody", "secret", "\u0001Login incorrect")]
    [InlineData("root", "wrong", "\u0001Password incorrect")]
    [InlineData("root", "secret", "\u0001Login incorrect")]
    public async Task Option_r_holds_for_a_wrong_password_too(string user, string password, string expected)
    {
        await using RexecServer server = SessionTests.Start("inetutils191", o => o with { RefuseRoot = true });
        Assert.Equal(new Reply(expected, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, password, "id -un")).Primary);
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_have_waits_of_their_own()
    {
        // inetutils with PAM: who has no account is told at once (facts 7).
        await using RexecServer server = SessionTests.Start("inetutils-pam", o => o with
        {
            Dialect = Dialect.Load("inetutils-pam").With("login.refusal-delay-ms", "600"),
        });
        var clock = Stopwatch.StartNew();
        Assert.Equal("\u0001Login incorrect\n", (await Client.ExchangeAsync(server.EndPoint, "nobody", "x", "true")).Primary.Text);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 550);
        clock.Restart();
        Assert.Equal("\u0001Password incorrect\n", (await Client.ExchangeAsync(server.EndPoint, "good", "x", "true")).Primary.Text);
        Assert.InRange(clock.ElapsedMilliseconds, 550, 10000);
    }

    [Theory]
    [InlineData("debian", 2000, 2000)]
    [InlineData("netkit-pam", 2000, 2000)]
    [InlineData("inetutils-pam", 2000, 0)]
    [InlineData("inetutils", 0, 0)]
    public void Waits_are_those_of_the_daemons(string name, int refusal, int unknownUser)
    {
        Dialect dialect = Dialect.Load(name);
        Assert.Equal((refusal, unknownUser), (dialect.RefusalDelay, dialect.UnknownUserDelay));
    }

    [Fact]
    public async Task Case_of_a_name_matters_but_in_zos()
    {
        await using RexecServer other = SessionTests.Start("bsd44");
        Assert.Equal("\u0001Login incorrect.\n", (await Client.ExchangeAsync(other.EndPoint, "Good", "secret", "true")).Primary.Text);
        await using RexecServer zos = SessionTests.Start("zos");
        Assert.Equal("\0good\n", (await Client.ExchangeAsync(zos.EndPoint, "Good", "secret", "id -un")).Primary.Text);
        Assert.Equal("\u0001Password incorrect.\n", (await Client.ExchangeAsync(zos.EndPoint, "Good", "SECRET", "id -un")).Primary.Text);
    }

    [Theory]
    [InlineData("Upper", "first")]
    [InlineData("upper", "second")]
    [InlineData("UPPER", "first")]
    [InlineData("MIXED", "mixed")]
    [InlineData("m\u00fcller", "umlaut")]
    [InlineData("M\u00fcLLER", "umlaut")]
    [InlineData("M\u00dcLLER", null)]
    public void Whatever_its_case_an_account_is_found(string name, string? key)
    {
        AccountFile accounts = AccountFile.Parse("accounts", """
            format: 1
            accounts:
              first: { name: "Upper", password: "p", uid: 1, gid: 1, home: "/", shell: "/bin/sh" }
              second: { name: "upper", password: "p", uid: 2, gid: 2, home: "/", shell: "/bin/sh" }
              mixed: { name: "MiXed", password: "p", uid: 3, gid: 3, home: "/", shell: "/bin/sh" }
              umlaut: { name: "m\u00fcller", password: "p", uid: 4, gid: 4, home: "/", shell: "/bin/sh" }
            """);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        Assert.Equal(key, accounts.Find(bytes, NameCase.Ignored)?.Key);
        Assert.Equal(key is "first" or "second" && name != "UPPER" || name == "m\u00fcller", accounts.Find(bytes) is not null);
    }
}
