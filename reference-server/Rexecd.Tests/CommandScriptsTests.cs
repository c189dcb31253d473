namespace Rexecd.Tests;

/// <summary>Scripted commands of files: what is read, and what is served.</summary>
public class CommandScriptsTests
{
    private const string Script = """
        format: 1
        commands:
          - command: "uptime"
            steps:
              - stdout: ["up 3 days\n", { hex: "00 ff" }]
              - stderr: "odd\n"
          - command: "talk\t\x80"
            steps: [{ stdout: "ready\n" }, { input: 3 }, { stdout: "thanks\n" }, { input: end }, { stdout: "bye\n" }]
          - command: "wait for a byte"
            steps: [{ signals: 1 }, { stdout: "got it\n" }]
        """;

    private static readonly CommandScripts Scripts = CommandScripts.None.With("f", Script);

    [Fact]
    public async Task Output_goes_to_its_streams()
    {
        await using RexecServer server = Start();
        (Reply primary, Reply? aux) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "uptime", aux: true);
        Assert.Equal(new Reply("\0up 3 days\n\0\u00ff", "fin"), primary);
        Assert.Equal(new Reply("odd\n", "fin"), aux);
    }

    [Fact]
    public async Task Input_is_read_to_its_byte_and_to_its_end()
    {
        await using RexecServer server = Start();
        using Client client = await Client.ConnectAsync(server.EndPoint);
        await client.RequestAsync("good", "secret", "talk\t\u0080");
        await client.ExpectAsync("\0ready\n");
        await client.SendAsync("yes");
        await client.ExpectAsync("thanks\n");
        client.Primary.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(new Reply("bye\n", "fin"), await client.ReadPrimaryAsync());
    }

    [Fact]
    public async Task Signals_are_waited_for()
    {
        await using RexecServer server = Start("debian");
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", "wait for a byte");
        await client.AcceptAsync();
        await client.ExpectAsync("\0");
        await client.SignalAsync(2);
        Assert.Equal(new Reply("got it\n", "fin"), await client.ReadPrimaryAsync());
    }

    [Theory]
    [InlineData("echo out")]
    [InlineData("true")]
    [InlineData("cat")]
    [InlineData("pwd")]
    [InlineData("id -un")]
    public async Task Command_of_a_file_comes_before_the_one_that_is_built_in(string command)
    {
        CommandScripts scripts = CommandScripts.None.With("f", $"format: 1\ncommands: [{{ command: \"{command}\", steps: [{{ stdout: \"other\\n\" }}] }}]\n");
        await using RexecServer server = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("inetutils"), Scripts = scripts });
        Assert.Equal((new Reply("\0other\n", "fin"), null), await Client.ExchangeAsync(server.EndPoint, "good", "secret", command));
    }

    [Fact]
    public async Task Other_commands_are_served_as_ever()
    {
        await using RexecServer server = Start();
        Assert.Equal((new Reply("\0out\n", "fin"), null), await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out"));
    }

    [Fact]
    public async Task Commands_of_the_suites_captures_are_built_in_and_a_file_comes_first()
    {
        await using RexecServer plain = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("bsd44") });
        Assert.Equal((new Reply("\0one\n", "fin"), null), await Client.ExchangeAsync(plain.EndPoint, "good", "secret", "echo one"));
        CommandScripts own = CommandScripts.None.With("f", "commands: [{ command: echo one, steps: [{ stdout: two }] }]");
        await using RexecServer server = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("bsd44"), Scripts = own });
        Assert.Equal((new Reply("\0two", "fin"), null), await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo one"));
    }

    [Theory]
    [InlineData("commands: 7", "f:1:11: commands: a list expected")]
    [InlineData("comands: []", "f:1:1: unknown key 'comands'")]
    [InlineData("commands: [{ steps: [] }]", "a command has no 'command'")]
    [InlineData("commands: [{ command: a, steps: [{ sleep: 2 }] }]", "there is no step 'sleep'")]
    [InlineData("commands: [{ command: a, steps: [{ input: some }] }]", "a number of bytes expected")]
    [InlineData("commands: [{ command: \"\\u0142\", steps: [] }]", "more than one byte")]
    [InlineData("commands: [{ command: a, steps: [{ stdout: { hex: \"0\" } }] }]", "pairs of hexadecimal digits")]
    [InlineData("commands: [{ command: a, steps: [hold] }, { command: a, steps: [] }]", "is there already, with other steps")]
    [InlineData("format: 2", "only 1 is known")]
    public void Errors_have_the_position(string yaml, string message)
    {
        string error = Assert.Throws<FileFormatException>(() => CommandScripts.None.With("f", yaml)).Message;
        Assert.Contains(message, error);
        Assert.StartsWith("f:1:", error);
    }

    [Fact]
    public void Accounts_of_another_text_take_the_place_of_namesakes()
    {
        AccountFile all = AccountFile.Default.With("f", "accounts: {good: {name: ann, password: x, uid: 1, gid: 1, home: /, shell: /bin/sh}, own: {name: root, password: y, uid: 0, gid: 0, home: /, shell: /bin/sh}}");
        Assert.Null(all.Find("good"u8));
        Assert.True(all.Find("ann"u8)!.Password.Matches("x"u8));
        Assert.True(all.Find("root"u8)!.Password.Matches("y"u8));
        Assert.NotNull(all.Find("victim"u8));
    }

    private static RexecServer Start(string dialect = "bsd44") =>
        RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load(dialect), Scripts = Scripts });
}
