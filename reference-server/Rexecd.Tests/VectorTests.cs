namespace Rexecd.Tests;

/// <summary>
/// Request bytes and what comes back: facts 7 (NK17, netkit 0.10, INUP, inetutils 1.9.1) and the rows of facts 1 and 4.
/// In a request <c>[aux]</c> is the port of the client's listener, <c>CMD</c> the command of the facts.
/// </summary>
public class VectorTests
{
    private const string Command = "echo out; echo err >&2";
    private const string Name15 = "abcdefghijklmno";
    private const string Name16 = "abcdefghijklmnop";

    [Theory]

    // 4.2BSD, NetBSD: as 4.4BSD.
    [InlineData("bsd42", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("bsd42", "[aux]|good|wrong|CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("bsd42", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("bsd42", "[aux]|nohome|secret|CMD|", "\u0001No remote directory.\n", "")]
    [InlineData("netbsd", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("netbsd", "[aux]|good|wrong|CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("netbsd", "[aux]|emptypw|any|CMD|", "\0out\n", "err\n")]
    [InlineData("netbsd", "[aux]|nohome|secret|CMD|", "\u0001No remote directory.\n", "")]
    [InlineData("netbsd", "[aux]|badsh|secret|CMD|", "\0", "/bin/nosuchshell: No such file or directory\n")]

    // NetBSD with PAM: whatever PAM refuses has one text.
    [InlineData("netbsd-pam", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("netbsd-pam", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("netbsd-pam", "[aux]|good|wrong|CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("netbsd-pam", "[aux]|emptypw||CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("netbsd-pam", "[aux]|expired|secret|CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("netbsd-pam", "[aux]|root|secret|id -un|", "\0root\n", "")]
    [InlineData("netbsd-pam", "[aux]|badsh|secret|CMD|", "\0", "rexecd: /bin/nosuchshell: No such file or directory\n")]

    // FreeBSD: one text; the home directory after the NUL.
    [InlineData("freebsd", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("freebsd", "[aux]|good|wrong|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd", "[aux]|root|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd", "[aux]|emptypw|any|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd", "[aux]|expired|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd", "[aux]|nohome|secret|CMD|", "\0", "\u0001No remote directory.\n")]
    [InlineData("freebsd", "[aux]|badsh|secret|CMD|", "\0", "rexecd: /bin/nosuchshell: No such file or directory\n")]
    [InlineData("freebsd-pam", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("freebsd-pam", "[aux]|good|wrong|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd-pam", "[aux]|root|secret|id -un|", "\0root\n", "")]
    [InlineData("freebsd-pam", "[aux]|good|secret|id -un|", "\0root\n", "")]
    [InlineData("freebsd-pam", "[aux]|emptypw||CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("freebsd-pam", "[aux]|nohome|secret|CMD|", "\0", "\u0001No remote directory.\n")]

    // netkit 0.17.
    [InlineData("netkit", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("netkit", "[aux]|good|wrong|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("netkit", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("netkit", "[aux]|root|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("netkit", "[aux]|toor|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("netkit", "[aux]|emptypw|any|CMD|", "\0out\n", "err\n")]
    [InlineData("netkit", "[aux]|nohome|secret|CMD|", "\u0001No remote directory.\n", "")]
    [InlineData("netkit", "[aux]|badsh|secret|CMD|", "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("netkit-pam", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("netkit-pam", "[aux]|good|wrong|CMD|", "", "")]
    [InlineData("netkit-pam", "[aux]|nobody|secret|CMD|", "", "")]
    [InlineData("netkit-pam", "[aux]|expired|secret|CMD|", "", "")]
    [InlineData("netkit-pam", "[aux]|nohome|secret|CMD|", "\u0001No remote directory.\n", "")]

    // inetutils: NUL on A with PAM, on P up to 1.9.1.
    [InlineData("inetutils-pam", "[aux]|good|secret|CMD|", "out\n", "\0err\n")]
    [InlineData("inetutils-pam", "[aux]|good|wrong|CMD|", "\u0001Password incorrect\n", "")]
    [InlineData("inetutils-pam", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect\n", "")]
    [InlineData("inetutils-pam", "[aux]|emptypw|any|CMD|", "\u0001Password incorrect\n", "")]
    [InlineData("inetutils-pam", "[aux]|expired|secret|CMD|", "\u0001Login incorrect\n", "")]
    [InlineData("inetutils-pam", "[aux]|pwexpired|secret|CMD|", "\u0001Password incorrect\n", "")]
    [InlineData("inetutils-pam", "[aux]|nohome|secret|CMD|", "", "\u0001No remote directory\n")]
    [InlineData("inetutils191", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("inetutils191", "[aux]|good|wrong|CMD|", "\u0001Password incorrect\0out\n", "err\n")]
    [InlineData("inetutils191", "[aux]|nobody|secret|CMD|", "\u0001Login incorrect", "")]
    [InlineData("inetutils191", "[aux]|nohome|secret|CMD|", "\0out\n", "\u0001No remote directoryerr\n")]
    [InlineData("inetutils191", "[aux]|badsh|secret|CMD|", "\0", "rexecd: executing /bin/nosuchshell: No such file or directory\n")]

    // Replies that were seen, and manuals.
    [InlineData("hpux", "[aux]|nobody|secret|CMD|", "\u0001rexecd: Login incorrect.\n", "")]
    [InlineData("hpux", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("aix", "[aux]|nobody|secret|CMD|", "\u0001rexecd: 0826-604 The login is not correct.\n", "")]
    [InlineData("aix", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("openvms", "[aux]|nobody|secret|CMD|", "\u0001INTERnet ACP AUXS failure  Status = %LOGIN-F-NOSUCHUSER\r\n\0", "")]
    [InlineData("openvms", "[aux]|good|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("ibmi", "[aux]|badsh|secret|CMD|", "\0", "Incorrect command or path name specified\n")]
    [InlineData("zos", "[aux]|GOOD|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("zos", "[aux]|NOBODY|secret|CMD|", "\u0001Login incorrect.\n", "")]
    [InlineData("tru64", "[aux]|good|wrong|CMD|", "\u0001Password incorrect.\n", "")]
    [InlineData("irix", "[aux]|pwexpired|secret|CMD|", "\0out\n", "err\n")]
    [InlineData("sua", "[aux]|good|wrong|CMD|", "\u0001Password incorrect.\n", "")]
    public async Task With_auxiliary_connection(string dialect, string request, string primary, string aux)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.SendAsync(Bytes(request).Replace("[aux]", $"{client.AuxPort}"));
        await client.AcceptAsync();
        Task<Reply> onAux = client.ReadAuxAsync();
        Assert.Equal((new Reply(primary, "fin"), new Reply(aux, "fin")), (await client.ReadPrimaryAsync(), await onAux));
    }

    [Theory]
    [InlineData("bsd42", "|good|secret|CMD|", "\0out\nerr\n", "fin")]
    [InlineData("bsd42", $"|{Name15}|secret|CMD|", "\u0001username too long\n", "rst")]
    [InlineData("freebsd", "|nohome|secret|CMD|", "\0\u0001No remote directory.\n", "fin")]
    [InlineData("openbsd", "|good|secret|CMD|", "\0out\nerr\n", "fin")]
    [InlineData("openbsd", "|good|wrong|CMD|", "\u0001Permission denied.\n", "fin")]
    [InlineData("openbsd", "|nobody|secret|CMD|", "\u0001Permission denied.\n", "fin")]
    [InlineData("openbsd", "|nohome|secret|CMD|", "\u0001No remote directory.\n", "fin")]
    [InlineData("openbsd", "|root|secret|id -un|", "\0root\n", "fin")]
    [InlineData("netkit", "|good|secret|CMD|", "\0out\nerr\n", "fin")]
    [InlineData("netkit", "65536|good|secret|CMD|", "\0out\nerr\n", "fin")]
    [InlineData("netkit", $"|{Name15}|secret|CMD|", "\u0001username too long\n", "rst")]
    [InlineData("netkit", "|xxxxxxxxxxxxxxxx", "\u0001username too long\n", "fin")]
    [InlineData("netkit", "|good|0123456789abcde|CMD|", "\u0001password too long\n", "rst")]
    [InlineData("netkit010", "|good|secret|CMD|", "\0out\nerr\n", "fin")]
    [InlineData("netkit010", "|good|wrong|CMD|", "\u0001Login incorrect.\n", "fin")]
    [InlineData("netkit010", "|root|secret|CMD|", "\u0001Login incorrect.\n", "fin")]
    [InlineData("inetutils-pam", $"|{Name16}|secret|id -un|", "\0abcdefghijklmnop\n", "fin")]
    [InlineData("inetutils-pam", "|nohome|secret|CMD|", "\u0001No remote directory\n", "fin")]
    [InlineData("inetutils191", "|good|wrong|CMD|", "\u0001Password incorrect\0out\nerr\n", "fin")]
    [InlineData("inetutils191", "|nohome|secret|pwd|", "\0\u0001No remote directory/\n", "fin")]
    [InlineData("aix", $"|{Name16}|secret|id -un|", "\0abcdefghijklmnop\n", "fin")]
    [InlineData("aix", $"|{Name16}q|secret|CMD|", "\u0001username too long\n", "rst")]
    [InlineData("irix", "|pw16|0123456789abcdef|id -un|", "\0pw16\n", "fin")]
    [InlineData("irix", "|pw17|0123456789abcdefg|CMD|", "\u0001password too long\n", "rst")]
    [InlineData("tru64", "|pw17|0123456789abcdefg|id -un|", "\0pw17\n", "fin")]
    [InlineData("tru64", $"|{Name16}q|secret|CMD|", "\u0001username too long\n", "rst")]
    [InlineData("sua", $"|{Name16}q|secret|id -un|", "\0abcdefghijklmnopq\n", "fin")]
    [InlineData("hpux", $"|{Name15}|secret|CMD|", "\u0001rexecd: username too long\n", "rst")]
    [InlineData("openvms", $"|{Name15}|secret|CMD|", "\u0001username too long\r\n\0", "rst")]
    [InlineData("nuttx", "|good|secret|echo out|", "out\n", "fin")]
    [InlineData("nuttx", "|any|thing|CMD|", "out\n", "fin")]
    [InlineData("nuttx", "99|||echo out|", "out\n", "fin")]
    [InlineData("nuttx", "|||nosuch|", "", "fin")]
    public async Task Without_auxiliary_connection(string dialect, string request, string primary, string end)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(Bytes(request));
        Assert.Equal(new Reply(primary, end), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("bsd42", 10239, "\0", "fin")]
    [InlineData("bsd42", 10240, "\u0001command too long\n", "fin")]
    [InlineData("netkit", 131071, "\0", "fin")]
    [InlineData("netkit", 131072, "\u0001command too long\n", "fin")]
    [InlineData("netkit", 131073, "\u0001command too long\n", "rst")]
    [InlineData("inetutils-pam", 131072, "\0rexecd: executing /bin/sh: Argument list too long\n", "fin")]
    [InlineData("inetutils191", 131072, "\0rexecd: executing /bin/sh: Argument list too long\n", "fin")]
    [InlineData("openbsd", 20480, "\u0001command too long\n", "fin")]
    [InlineData("nuttx", 511, "", "fin")]
    public async Task Longest_command(string dialect, int length, string primary, string end)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "true".PadRight(length));
        Assert.Equal(new Reply(primary, end), await client.ReadPrimaryAsync());
    }

    private static string Bytes(string request) => request.Replace("CMD", Command).Replace('|', '\0');
}
