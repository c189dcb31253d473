namespace Rexecd.Tests;

/// <summary>The steps of the manual over loopback: facts section 7, and the Solaris manual.</summary>
public class SessionTests
{
    private const string Both = "echo out; echo err >&2";

    [Theory]
    [InlineData("bsd44", "good", "secret", Both, "\0out\nerr\n")]
    [InlineData("bsd44", "good", "secret", "", "\0")]
    [InlineData("bsd44", "good", "secret", "exit 7", "\0")]
    [InlineData("bsd44", "good", "secret", "pwd", "\0/home/good\n")]
    [InlineData("bsd44", "good", "secret", "true   # padding", "\0")]
    [InlineData("bsd44", "good", "secret", " #comment", "\0")]
    [InlineData("bsd44", "good", "secret", "nosuch -x", "\0sh: 1: nosuch: not found\n")]
    [InlineData("bsd44", "noshell", "secret", "id -un", "\0noshell\n")]
    [InlineData("bsd44", "emptypw", "any", "id -un", "\0emptypw\n")]
    [InlineData("bsd44", "root", "secret", "id -un", "\0root\n")]
    [InlineData("bsd44", "expired", "secret", "id -un", "\0expired\n")]
    [InlineData("bsd44", "", "secret", Both, "\u0001Login incorrect.\n")]
    [InlineData("bsd44", "good", "", Both, "\u0001Password incorrect.\n")]
    [InlineData("bsd44", "nohome", "secret", Both, "\u0001No remote directory.\n")]
    [InlineData("bsd44", "badsh", "secret", Both, "\0/bin/nosuchshell: No such file or directory\n")]
    [InlineData("debian", "abcdefghijklmno", "secret", "id -un", "\0abcdefghijklmno\n")]
    [InlineData("debian", "nohome", "secret", Both, "\0\u0001No remote directory.\n")]
    [InlineData("debian", "expired", "secret", Both, "")]
    [InlineData("debian", "pwexpired", "secret", Both, "")]
    [InlineData("debian", "good", "wrong", Both, "")]
    [InlineData("solaris", "abcdefghijklmnopq", "secret", "id -un", "\0abcdefghijklmnopq\n")]
    [InlineData("solaris", "pw16", "0123456789abcdef", "id -un", "\0pw16\n")]
    [InlineData("solaris", "nobody", "secret", Both, "\u0001Login incorrect.\n")]
    public async Task Without_auxiliary_connection_all_is_on_the_primary(string dialect, string user, string password, string command, string expected)
    {
        await using RexecServer server = Start(dialect);
        Assert.Equal((new Reply(expected, "fin"), null), await Client.ExchangeAsync(server.EndPoint, user, password, command));
    }

    [Theory]
    [InlineData("bsd44", "good", "secret", "\0out\n", "err\n")]
    [InlineData("bsd44", "good", "wrong", "\u0001Password incorrect.\n", "")]
    [InlineData("bsd44", "nohome", "secret", "\u0001No remote directory.\n", "")]
    [InlineData("bsd44", "badsh", "secret", "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("debian", "good", "secret", "\0out\n", "err\n")]
    [InlineData("debian", "nohome", "secret", "\0", "\u0001No remote directory.\n")]
    [InlineData("debian", "nobody", "secret", "", "")]
    [InlineData("solaris", "good", "secret", "out\n", "\0err\n")]
    [InlineData("solaris", "nobody", "secret", "", "\u0001Login incorrect.\n")]
    [InlineData("solaris", "nohome", "secret", "", "\u0001No remote directory.\n")]
    public async Task With_auxiliary_connection_each_dialect_has_its_stream(string dialect, string user, string password, string primary, string aux)
    {
        await using RexecServer server = Start(dialect);
        Assert.Equal(
            (new Reply(primary, "fin"), new Reply(aux, "fin")),
            await Client.ExchangeAsync(server.EndPoint, user, password, Both, aux: true));
    }

    [Theory]
    [InlineData("bsd44", 15, "secret", "username too long\n")]
    [InlineData("bsd44", 4, "123456789012345", "password too long\n")]
    [InlineData("debian", 16, "secret", "username too long\n")]
    [InlineData("solaris", 257, "secret", "username too long\n")]
    public async Task Too_long_with_more_in_the_socket_ends_in_a_reset(string dialect, int user, string password, string text)
    {
        await using RexecServer server = Start(dialect);
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, new string('x', user), password, "true");
        Assert.Equal(new Reply("\u0001" + text, "rst"), primary);
    }

    [Fact]
    public async Task Too_long_needs_no_nul_and_ends_in_a_fin_when_all_was_read()
    {
        await using RexecServer server = Start("bsd44");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync("\0" + new string('x', 16));
        Assert.Equal(new Reply("\u0001username too long\n", "fin"), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("bsd44", 20480, "\u0001command too long\n")]
    [InlineData("debian", 131071, "\0")]
    [InlineData("debian", 131072, "\0/bin/sh: Argument list too long\n")]
    [InlineData("solaris", 2097152, "\u0001command too long\n")]
    public async Task Command_length_is_limited_by_field_or_by_system(string dialect, int length, string expected)
    {
        await using RexecServer server = Start(dialect);
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true" + new string(' ', length - 4));
        Assert.Equal(new Reply(expected, "fin"), primary);
    }

    [Fact]
    public async Task Bytes_after_the_request_are_standard_input()
    {
        await using RexecServer server = Start("bsd44");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "cat", "first ");
        await client.ExpectAsync("\0first ");
        await client.SendAsync("second");
        client.Primary.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(new Reply("second", "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Unread_standard_input_turns_the_end_into_a_reset()
    {
        await using RexecServer server = Start("bsd44");
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out", rest: new string('x', 1000));
        Assert.Equal(new Reply("\0out\n", "rst"), primary);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("\0good")]
    [InlineData("\0good\0secret")]
    [InlineData("\0good\0secret\0echo")]
    public async Task End_of_file_in_a_field_is_a_silent_close(string part)
    {
        await using RexecServer server = Start("bsd44");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(part);
        client.Primary.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("bsd44", "\u0001Login incorrect.\n")]
    [InlineData("debian", "")]
    [InlineData("sco", "\u0001Login incorrect\n")]
    [InlineData("inetutils", "\u0001Login incorrect\n")]
    [InlineData("mks", "\u0001Login incorrect.\n")]
    public async Task Option_r_refuses_each_user_id_0(string dialect, string expected)
    {
        await using RexecServer server = Start(dialect, o => o with { RefuseRoot = true });
        foreach (string user in new[] { "root", "toor" })
        {
            Assert.Equal(new Reply(expected, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, "secret", "true")).Primary);
        }
    }

    internal static RexecServer Start(string dialect, Func<RexecServerOptions, RexecServerOptions>? change = null)
    {
        var options = new RexecServerOptions { Dialect = Dialect.Load(dialect).WithYaml("login.refusal-delay-ms: 0\nlogin.unknown-user-delay-ms: 0") };
        return RexecServer.Start(change is null ? options : change(options));
    }
}
