using System.Net;
using RexecConformance.Accounts;

namespace RexecConformance.Tests.Inetd;

/// <summary>How Debian's in.rexecd 0.17-24 treats each account: shows that the generated files say what was meant.</summary>
[Trait("needs", "daemon")]
public sealed class DebianAccountTests(DebianFixture debian) : IClassFixture<DebianFixture>
{
    private const string Command = "echo out; echo err >&2";

    public static TheoryData<string> Welcome => ["good", "victim", "noshell", "emptypw", "root", "toor", "user14", "user15", "pw14", "pw15"];

    [SkippableTheory]
    [MemberData(nameof(Welcome))]
    public async Task May_log_in(string key)
    {
        Account a = AccountFile.Default[key];
        Reply reply = await Client.Send(await debian.Address(), a.Name, a.Password, Command);
        Assert.Equal(new Stream("\0out\nerr\n", "FIN"), reply.Primary);
    }

    [SkippableTheory]
    [MemberData(nameof(Welcome))]
    public async Task May_log_in_with_an_auxiliary_connection(string key)
    {
        Account a = AccountFile.Default[key];
        foreach (IPEndPoint? address in new[] { (await debian.Host()).IPv4EndPoint, (await debian.Host()).IPv6EndPoint })
        {
            if (address is not null)
            {
                Reply reply = await Client.SendWithAuxiliary(address, a.Name, a.Password, Command);
                Assert.Equal(new Stream("\0out\n", "FIN"), reply.Primary);
                Assert.Equal(new Stream("err\n", "FIN"), reply.Auxiliary);
            }
        }
    }

    // The user name is read first, so what follows it is unread, and the text is followed by a reset.
    [SkippableTheory]
    [InlineData("user16", "\u0001username too long\n")]
    [InlineData("user17", "\u0001username too long\n")]
    [InlineData("user255", "\u0001username too long\n")]
    [InlineData("user256", "\u0001username too long\n")]
    [InlineData("pw16", "\u0001password too long\n")]
    [InlineData("pw17", "\u0001password too long\n")]
    public async Task Is_too_long(string key, string text)
    {
        Account a = AccountFile.Default[key];
        Reply reply = await Client.Send(await debian.Address(), a.Name, a.Password, Command);
        Assert.Equal(new Stream(text, "RST"), reply.Primary);
    }

    [SkippableTheory]
    [InlineData("nohome", "\u0001No remote directory.\n")]
    [InlineData("badsh", "/bin/nosuchshell: No such file or directory\n")]
    public async Task Fails_after_the_login(string key, string text)
    {
        Account a = AccountFile.Default[key];
        Reply without = await Client.Send(await debian.Address(), a.Name, a.Password, Command);
        Assert.Equal(new Stream("\0" + text, "FIN"), without.Primary);
        Reply with = await Client.SendWithAuxiliary(await debian.Address(), a.Name, a.Password, Command);
        Assert.Equal(new Stream("\0", "FIN"), with.Primary);
        Assert.Equal(new Stream(text, "FIN"), with.Auxiliary);
    }

    // A right password of an expired account is refused at once, by account management; a wrong one after PAM's delay,
    // which a busy machine makes longer.
    [SkippableTheory]
    [InlineData("expired", "secret", 0, 1)]
    [InlineData("pwexpired", "secret", 0, 1)]
    [InlineData("expired", "wrong", 1, 15)]
    [InlineData("victim", "wrong", 1, 15)]
    [InlineData("root", "wrong", 1, 15)]
    [InlineData("nosuchuser", "wrong", 1, 15)]
    [InlineData("nobody", "", 1, 15)]
    public async Task Is_refused_in_silence(string name, string password, int atLeast, int atMost)
    {
        Reply reply = await Client.Send(await debian.Address(), name, password, Command);
        Assert.Equal(new Stream("", "FIN"), reply.Primary);
        Assert.InRange(reply.Took.TotalSeconds, atLeast, atMost);
    }

    [SkippableFact]
    public async Task An_account_without_password_takes_any() =>
        Assert.Equal(new Stream("\0out\nerr\n", "FIN"), (await Client.Send(await debian.Address(), "emptypw", "anything", Command)).Primary);
}
