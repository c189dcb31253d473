namespace Rexecd.Tests;

/// <summary>The same exchanges as <see cref="AuxTests"/>, with real shells that have the connections as their descriptors.</summary>
[Collection("alone")]
public class ShellCommandTests
{
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done";

    [SkippableTheory]
    [InlineData("bsd44", "echo out; echo err >&2", "\0out\n", "err\n")]
    [InlineData("debian", "echo out; echo err >&2", "\0out\n", "err\n")]
    [InlineData("solaris", "echo out; echo err >&2", "out\n", "\0err\n")]
    [InlineData("bsd44", "echo $0 $HOME $SHELL $PATH $USER", "\0sh /home/good /bin/sh /usr/bin:/bin good\n", "")]
    [InlineData("inetutils", "echo $LOGNAME $RHOST $SHELL", "good 127.0.0.1 /bin/sh\n", "\0")]
    [InlineData("illumos", "echo $PATH", "\0/usr/bin:\n", "")]
    [InlineData("bsd44", "nosuch", "\0", "sh: 1: nosuch: not found\n")]
    public async Task Shell_writes_to_the_connections(string dialect, string command, string primary, string aux)
    {
        await using RexecServer server = Start(dialect);
        Assert.Equal(
            (new Reply(primary, "fin"), new Reply(aux, "fin")),
            await Client.ExchangeAsync(server.EndPoint, "good", "secret", command, aux: true));
    }

    [SkippableFact]
    public async Task Shell_that_does_not_exist_says_so_on_stderr()
    {
        await using RexecServer server = Start("bsd44");
        (Reply primary, Reply? aux) = await Client.ExchangeAsync(server.EndPoint, "badsh", "secret", "true", aux: true);
        Assert.Equal((new Reply("\0", "fin"), new Reply("/bin/nosuchshell: No such file or directory\n", "fin")), (primary, aux));
    }

    [SkippableTheory]
    [InlineData("inetutils", "noshell", "echo \"<$SHELL>\"", "\0<>\n")]
    [InlineData("illumos", "root", "echo $PATH", "\0/usr/sbin:/usr/bin\n")]
    [InlineData("mks", "nohome", "pwd; echo $HOME", "\0/\n/\n")]
    [InlineData("mks", "badsh", "echo $SHELL", "\0/bin/sh\n")]
    public async Task Environment_is_what_the_dialect_says(string dialect, string user, string command, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "real shells need Linux");
        var profile = new Dictionary<string, string> { ["COMSPEC"] = "/bin/sh" };
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Commands = CommandMode.Shell, Environment = profile });
        Assert.Equal(new Reply(expected, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, "secret", command)).Primary);
    }

    [SkippableTheory]
    [InlineData(131071, "\0")]
    [InlineData(131072, "\0/bin/sh: Argument list too long\n")]
    public async Task System_limits_the_command(int length, string expected)
    {
        await using RexecServer server = Start("debian");
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true" + new string(' ', length - 4));
        Assert.Equal(new Reply(expected, "fin"), primary);
    }

    [SkippableTheory]
    [InlineData("bsd44", "caught\n", "fin")]
    [InlineData("debian", "done\n", "rst")]
    public async Task Signal_byte_is_relayed_or_left_in_the_kernel(string dialect, string rest, string auxEnd)
    {
        await using RexecServer server = Start(dialect);
        using Client client = await AuxTests.StartAsync(server, Trap, "\0ready\n");
        await client.SignalAsync(15);
        Assert.Equal(new Reply(rest, "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", auxEnd), await client.ReadAuxAsync());
    }

    [SkippableFact]
    public async Task Unread_standard_input_turns_the_end_into_a_reset()
    {
        await using RexecServer server = Start("bsd44");
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out", rest: new string('x', 1000));
        Assert.Equal(new Reply("\0out\n", "rst"), primary);
    }

    [SkippableTheory]
    [InlineData("bsd44")]
    [InlineData("debian")]
    public async Task Dispose_kills_what_runs_in_the_background_too(string dialect)
    {
        RexecServer server = Start(dialect);
        using Client client = await AuxTests.StartAsync(server, "sleep 1000 & echo out; exec sleep 1000", "\0out\n");
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(new Reply("", "fin"), await client.ReadPrimaryAsync());
        Assert.Equal(new Reply("", "fin"), await client.ReadAuxAsync());
    }

    [SkippableFact]
    public async Task Command_that_writes_to_a_closed_auxiliary_connection_does_not_hang()
    {
        await using RexecServer server = Start("bsd44");
        using Client client = await AuxTests.StartAsync(server, "echo ready; read line; seq 1 200000 >&2; echo after", "\0ready\n");
        client.Aux!.Close();
        await client.SendAsync("go\n");
        Assert.Equal(new Reply("after\n", "fin"), await client.ReadPrimaryAsync());
    }

    private static RexecServer Start(string dialect)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "real shells need Linux");
        return SessionTests.Start(dialect, o => o with { Commands = CommandMode.Shell });
    }
}
