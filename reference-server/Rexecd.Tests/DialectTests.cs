using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>inetutils, sco, illumos, mks and interix where they are like no other: facts 3.7, 3.11 and 7, and the manuals.</summary>
public class DialectTests
{
    private const string Both = "echo out; echo err >&2";
    private static readonly string Long = new('x', 300);

    public static TheoryData<string> Dialects => [.. Dialect.Names];

    [Theory]
    [InlineData("inetutils", "good", "secret", Both, "out\n", "\0err\n")]
    [InlineData("inetutils", "nobody", "secret", Both, "\u0001Login incorrect\n", "")]
    [InlineData("inetutils", "good", "wrong", Both, "\u0001Password incorrect\n", "")]
    [InlineData("inetutils", "nohome", "secret", Both, "", "\u0001No remote directory\n")]
    [InlineData("inetutils", "badsh", "secret", Both, "", "\0rexecd: executing /bin/nosuchshell: No such file or directory\n")]
    [InlineData("inetutils", "emptypw", "any", Both, "out\n", "\0err\n")]
    [InlineData("inetutils", "expired", "secret", Both, "out\n", "\0err\n")]
    [InlineData("sco", "good", "secret", Both, "\0out\n", "err\n")]
    [InlineData("sco", "nobody", "secret", Both, "\u0001Login incorrect\n", "")]
    [InlineData("sco", "good", "wrong", Both, "\u0001Login incorrect\n", "")]
    [InlineData("sco", "nohome", "secret", Both, "\u0001Login incorrect\n", "")]
    [InlineData("sco", "expired", "secret", Both, "\u0001Login incorrect\n", "")]
    [InlineData("sco", "toor", "secret", Both, "\0out\n", "err\n")]
    [InlineData("sco", "badsh", "secret", Both, "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("illumos", "good", "secret", Both, "\0out\n", "err\n")]
    [InlineData("illumos", "nobody", "secret", Both, "\u0001Login incorrect.\n", "")]
    [InlineData("illumos", "good", "wrong", Both, "\u0001Password incorrect.\n", "")]
    [InlineData("illumos", "emptypw", "", Both, "\u0001Password incorrect.\n", "")]
    [InlineData("illumos", "expired", "secret", Both, "\u0001Account Expired.\n", "")]
    [InlineData("illumos", "pwexpired", "secret", Both, "\u0001Password Expired.\n", "")]
    [InlineData("illumos", "nohome", "secret", Both, "\0", "\u0001No remote directory.\n")]
    [InlineData("illumos", "badsh", "secret", Both, "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("mks", "good", "secret", Both, "\0out\n", "err\n")]
    [InlineData("mks", "nobody", "secret", Both, "\u0001Login incorrect.\n", "")]
    [InlineData("mks", "good", "wrong", Both, "\u0001Login incorrect.\n", "")]
    [InlineData("mks", "nohome", "secret", "pwd", "\0/\n", "")]
    [InlineData("mks", "badsh", "secret", Both, "\0out\n", "err\n")]
    public async Task With_auxiliary_connection(string dialect, string user, string password, string command, string primary, string aux)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        Assert.Equal(
            (new Reply(primary, "fin"), new Reply(aux, "fin")),
            await Client.ExchangeAsync(server.EndPoint, user, password, command, aux: true));
    }

    [Theory]
    [InlineData("inetutils", "good", "secret", Both, "\0out\nerr\n")]
    [InlineData("inetutils", "nohome", "secret", Both, "\u0001No remote directory\n")]
    [InlineData("inetutils", "noshell", "secret", "id -un", "\0noshell\n")]
    [InlineData("illumos", "nohome", "secret", Both, "\0\u0001No remote directory.\n")]
    [InlineData("interix", "good", "secret", Both, "\0out\nerr\n")]
    [InlineData("interix", "good", "wrong", Both, "\u0001Password incorrect.\n")]
    [InlineData("interix", "nohome", "secret", Both, "\u0001No remote directory.\n")]
    public async Task Without_auxiliary_connection(string dialect, string user, string password, string command, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        Assert.Equal(new Reply(expected, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, password, command)).Primary);
    }

    [Theory]
    [InlineData("sco", 16, 16)]
    [InlineData("illumos", 14, 14)]
    [InlineData("mks", 256, 256)]
    [InlineData("interix", 14, 14)]
    public async Task Limits_of_user_name_and_password(string dialect, int user, int password)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        Assert.Contains(" incorrect", await TextAsync(server, new string('x', user), "secret"));
        Assert.Equal("\u0001username too long\n", await TextAsync(server, new string('x', user + 1), "secret"));
        Assert.Contains(" incorrect", await TextAsync(server, "good", new string('x', password)));
        Assert.Equal("\u0001password too long\n", await TextAsync(server, "good", new string('x', password + 1)));
    }

    [Theory]
    [InlineData("inetutils", 131071, "\0")]
    [InlineData("inetutils", 131072, "\0rexecd: executing /bin/sh: Argument list too long\n")]
    [InlineData("sco", 1048575, "\0")]
    [InlineData("sco", 1048576, "\u0001command too long\n")]
    [InlineData("illumos", 2097151, "\0")]
    [InlineData("illumos", 2097152, "\u0001command too long\n")]
    [InlineData("mks", 8192, "\0")]
    [InlineData("mks", 8193, "\u0001command too long\n")]
    public async Task Limit_of_the_command(string dialect, int length, string expected)
    {
        await using RexecServer server = SessionTests.Start(dialect);
        Assert.Equal(expected, await TextAsync(server, "good", "secret", "true" + new string(' ', length - 4)));
    }

    [Fact]
    public async Task Argument_list_is_an_attribute_of_the_target()
    {
        await using RexecServer server = SessionTests.Start("sco", o => o with { Dialect = o.Dialect.WithCommandLimit(100) });
        Assert.Equal("\0", await TextAsync(server, "good", "secret", "true" + new string(' ', 96)));
        Assert.Equal("\u0001command too long\n", await TextAsync(server, "good", "secret", "true" + new string(' ', 97)));
    }

    [Theory]
    [InlineData("\0good", "\u0001EOF reading usernam\n")]
    [InlineData("\0good\0sec", "\u0001EOF reading passwor\n")]
    [InlineData("\0good\0secret\0echo", "\u0001EOF reading comman\n")]
    [InlineData("12", "")]
    public async Task Inetutils_says_that_a_string_has_ended_early(string part, string expected)
    {
        await using RexecServer server = SessionTests.Start("inetutils");
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(part);
        client.Primary.Shutdown(SocketShutdown.Send);
        Assert.Equal(new Reply(expected, "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Inetutils_takes_strings_of_any_length_and_delivers_signals()
    {
        await using RexecServer server = SessionTests.Start("inetutils");
        Assert.Equal("\u0001Login incorrect\n", await TextAsync(server, Long, Long));
        Assert.Equal("\u0001Password incorrect\n", await TextAsync(server, "good", Long));
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done");
        await client.AcceptAsync();
        await client.ExpectAsync("ready\n");
        await client.SignalAsync(15);
        Assert.Equal(new Reply("caught\n", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("\0", "fin"), await client.ReadAuxAsync());
    }

    [Theory]
    [InlineData("", "\0out\n")]
    [InlineData("SHELL=/bin/ksh,shell=/bin/nosuchshell", "\0out\n")]
    [InlineData("shell=/bin/nosuchshell,COMSPEC=/bin/sh", "\0/bin/nosuchshell: No such file or directory\n")]
    [InlineData("COMSPEC=/bin/sh,ComSpec=/bin/nosuchshell", "\0out\n")]
    [InlineData("ComSpec=/bin/nosuchshell", "\0/bin/nosuchshell: No such file or directory\n")]
    public async Task Mks_takes_the_shell_from_the_environment(string environment, string expected)
    {
        IReadOnlyDictionary<string, string> variables = OptionValue.Variables("--environment", environment.Split(',', StringSplitOptions.RemoveEmptyEntries));
        await using RexecServer server = SessionTests.Start("mks", o => o with { Environment = variables });
        Assert.Equal(expected, await TextAsync(server, "good", "secret", "echo out"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interix_reads_all_and_never_answers_when_a_port_is_given(bool staged)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using RexecServer server = SessionTests.Start("interix", o => o with { Log = entry => log.Enqueue(entry.ToString()), MaxSessions = 2 });
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        if (staged)
        {
            foreach (string part in new[] { $"{client.AuxPort}\0", "good\0", "secret\0", "echo out\0" })
            {
                await client.SendAsync(part);
                await Task.Delay(20);
            }
        }
        else
        {
            await client.RequestAsync("good", "secret", "echo out", rest: new string('x', 100000));
        }

        Task<Reply> reply = client.ReadPrimaryAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(300)));
        await Assert.ThrowsAsync<TimeoutException>(() => client.AcceptAsync(TimeSpan.FromMilliseconds(1)));
        Assert.Equal("\0out\n", await TextAsync(server, "good", "secret", "echo out"));

        // A half-close does not free who hangs; a reset does, and leaves a place for another to hang beside one who is served.
        client.Primary.Shutdown(SocketShutdown.Send);
        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(300)));
        client.Primary.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Primary.Close();
        using Client next = await Client.ConnectAsync(server.EndPoint, aux: true);
        await next.RequestAsync("good", "secret", "echo out");
        Assert.Equal("\0out\n", await TextAsync(server, "good", "secret", "echo out"));
        Assert.Contains(log, line => line.StartsWith("never-answered "));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Time_outs_are_those_of_the_daemons(string name)
    {
        Dialect dialect = Dialect.Load(name);
        int? first = name == "nuttx" ? null : 60000;
        int? fields = name == "netbsd-pam" ? 60000 : null;
        Assert.Equal((first, first, fields), (dialect.PortTimeout, dialect.AuxTimeout, dialect.FieldsTimeout));
        Assert.Equal(name == "freebsd-pam" ? TimeoutScope.Request : TimeoutScope.Port, dialect.PortTimeoutScope);
    }

    [Theory]
    [InlineData("interix", "status.stream", "this dialect has no auxiliary connection")]
    [InlineData("interix", "fork.failed", "this dialect never forks")]
    [InlineData("interix", "aux.connect", null)]
    [InlineData("mks", "home.default", null)]
    [InlineData("mks", "home.stream", "this dialect does without the home directory")]
    [InlineData("mks", "shell.choice", null)]
    [InlineData("mks", "shell.failed", "only option --environment, SHELL=/bin/nosuchshell, gives this dialect a shell that does not start")]
    [InlineData("bsd44", "home.default", "this dialect has a diagnostic instead")]
    [InlineData("bsd44", "pipe.failed", null)]
    [InlineData("debian", "pipe.failed", "this dialect makes no pipe")]
    public void Entries_say_whether_a_client_sees_them(string dialect, string name, string? reason)
    {
        DialectEntry entry = DialectEntries.Enumerate(Dialect.Load(dialect)).Single(e => e.Name == name);
        Assert.Equal(reason is null, entry.ClientVisible);
        Assert.True(reason is null || reason == entry.Reason);
    }

    private static async Task<string> TextAsync(RexecServer server, string user, string password, string command = "true") =>
        (await Client.ExchangeAsync(server.EndPoint, user, password, command)).Primary.Text;
}
