using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Progress;

/// <summary>Progress is for a terminal; a file or a pipe gets neither colour nor cursor movement. Ctrl-C stops each verb at once.</summary>
[Trait("needs", "loopback")]
public sealed class ProgressTest : IDisposable
{
    private const char Escape = '\x1b';

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-progress-").FullName;

    // One that takes connections and never answers: every long verb can be found in the middle.
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ProgressTest()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _silent.Listen(64);
    }

    public static TheoryData<string[]> Long =>
    [
        ["run", "--target", "SILENT", "--dialect", "bsd44", "--no-canary", "--scenarios", "SCENARIOS", "--report", "json=FOLDER/result.json"],
        ["compare", "--targets", "SILENT,reference:debian", "--dialect", "debian", "--scenarios", "SCENARIOS"],
        ["compare", "--targets", "SILENT,reference:debian", "--scenarios", "SCENARIOS"],
        ["baseline", "record", "--target", "SILENT", "--dialect", "debian", "--name", "never-there", "--scenarios", "SCENARIOS"],
        ["baseline", "check", "inetutils", "--target", "SILENT", "--dialect", "inetutils", "--scenarios", "SCENARIOS"],
        ["capture", "replay", "PCAP", "--target", "SILENT"],
        ["fuzz", "--targets", "memory:debian", "--time", "60s", "--corpus", "FOLDER/corpus", "--scenarios", "SCENARIOS"],
        ["new", "never-there", "--scenarios", "FOLDER/mine", "--observe", "SILENT", "--dialect", "debian"],
        ["record", "--upstream", "SILENT", "-o", "FOLDER/r.pcapng"],
    ];

    [SkippableFact]
    public async Task At_a_terminal_there_is_a_line_with_what_is_waited_for_and_it_is_gone_at_the_end()
    {
        PseudoTerminal.Need();
        await using PseudoTerminal terminal = PseudoTerminal.Start([], "run", "--target", "reference:bsd44", "--id", "success*", "--id", "*time*", "--slow", "--scenarios", Repository.Scenarios);
        await terminal.UntilAsync(seen => seen.Contains("left, the longest ", StringComparison.Ordinal), s_patience);
        Assert.Contains("\rreference:bsd44: ", terminal.Seen);
        await terminal.InterruptAsync();
        (int exitCode, string seen) = await terminal.EndAsync(s_patience);
        Assert.Equal(130, exitCode);
        string rest = seen[seen.LastIndexOf("\r\x1b[K", StringComparison.Ordinal)..];
        Assert.DoesNotContain("left, the longest", rest);
        Assert.Contains("interrupted: ", rest);
        Assert.Contains(" variants have a verdict: the summary and the reports hold these", rest);
    }

    [SkippableTheory]
    [InlineData("TERM=dumb", false)]
    [InlineData("CI=true", true)]
    [InlineData("NO_COLOR=1", false)]
    public async Task The_environment_is_honoured(string variable, bool colour)
    {
        PseudoTerminal.Need();
        await using PseudoTerminal terminal = PseudoTerminal.Start([variable], "run", "--target", "reference:debian", "--dialect", "bsd44", "--id", "username-15", "--scenarios", Repository.Scenarios);
        (int exitCode, string seen) = await terminal.EndAsync(s_patience);
        Assert.Equal(1, exitCode);
        Assert.Equal(colour, seen.Contains(Escape + "[31m"));
        if (!variable.StartsWith("NO_COLOR", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("\x1b[K", seen);
        }
    }

    [SkippableFact]
    public async Task At_a_terminal_red_is_red()
    {
        PseudoTerminal.Need();
        await using PseudoTerminal terminal = PseudoTerminal.Start([], "run", "--target", "reference:debian", "--dialect", "bsd44", "--id", "username-15", "--scenarios", Repository.Scenarios);
        Assert.Contains(Escape + "[31mFAIL", (await terminal.EndAsync(s_patience)).Seen);
    }

    [SkippableTheory]
    [MemberData(nameof(Long))]
    public async Task In_a_pipe_an_interrupt_stops_it_within_a_second_and_is_said_in_one_line(string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        using var taken = new Taken(_silent);
        await using CommandProcess command = CommandProcess.Start(Filled(arguments));
        await InTheMiddleAsync(arguments, taken);
        var clock = Stopwatch.StartNew();
        await command.SignalAsync("INT");
        CommandResult result = await command.EndAsync(s_patience);

        // A second is meant of a machine that does nothing else; what is tested here is that no time-out ends it.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain(Escape, result.Output + result.Errors);
        Assert.Single(result.Errors.Split('\n'), line => line.StartsWith("rexec-conformance: interrupted: ", StringComparison.Ordinal));
        Assert.DoesNotContain("did not stop", result.Errors);
        Assert.DoesNotContain("   at ", result.Errors);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        if (arguments[0] == "run")
        {
            Assert.Contains("\"exitCode\":130", (await File.ReadAllLinesAsync(Path.Combine(_folder, "result.json")))[^1]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Long))]
    public async Task At_a_terminal_the_key_does_the_same(string[] arguments)
    {
        PseudoTerminal.Need();
        using var taken = new Taken(_silent);
        await using PseudoTerminal terminal = PseudoTerminal.Start([], Filled(arguments));
        await InTheMiddleAsync(arguments, taken);
        await terminal.InterruptAsync();
        (int exitCode, string seen) = await terminal.EndAsync(s_patience);
        Assert.True(exitCode == 130, seen);
        Assert.Contains("interrupted: ", seen);
        Assert.DoesNotContain("did not stop", seen);
    }

    [SkippableFact]
    public async Task A_verb_that_does_nothing_but_read_is_ended_too()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals and mkfifo");
        await using CommandProcess command = CommandProcess.Start("report", await FifoAsync());
        await using FileStream held = await OpenedAsync(Path.Combine(_folder, "fifo"));
        await command.SignalAsync("INT");
        CommandResult result = await command.EndAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(130, result.ExitCode);
        Assert.StartsWith("rexec-conformance: interrupted: ", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [SkippableFact]
    public async Task The_second_interrupt_ends_what_does_not_stop()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals and mkfifo");
        await using CommandProcess command = CommandProcess.Start("fuzz", "--replay", await FifoAsync(), "--scenarios", Repository.Scenarios);
        await using FileStream held = await OpenedAsync(Path.Combine(_folder, "fifo"));

        // Two that come at the same moment are one for the kernel: it is asked until it has ended.
        Task<CommandResult> end = command.EndAsync(TimeSpan.FromSeconds(20));
        while (!end.IsCompleted)
        {
            await command.SignalAsync("INT");
        }

        CommandResult result = await end;
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("rexec-conformance: interrupted again: ended at once\n", result.Errors);
    }

    [Fact]
    public async Task In_a_pipe_long_work_says_a_plain_line_now_and_then()
    {
        var output = new StringWriter { NewLine = "\n" };
        int asked = 0;
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (LiveLine.Start(output, TimeSpan.FromMilliseconds(5), () =>
        {
            if (++asked > 6)
            {
                _ = said.TrySetResult();
            }

            return (asked < 2 ? "" : asked < 4 ? "half\x1b" : "all", true);
        }))
        {
            await said.Task.WaitAsync(s_patience);
        }

        Assert.Equal("rexec-conformance: half\\x1b\nrexec-conformance: all\n", output.ToString());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true, "TERM", "dumb")]
    [InlineData(false, true, "CI", "true")]
    [InlineData(true, true, "CI", "false")]
    [InlineData(true, false, "NO_COLOR", "1")]
    [InlineData(true, true, "NO_COLOR", "")]
    public void What_the_environment_says(bool live, bool coloured, string? name = null, string value = "")
    {
        string? Variable(string asked) => asked == name ? value : null;
        Assert.Equal(live, Terminal.Able(Variable));
        Assert.Equal(coloured && name != "TERM", Terminal.Coloured(Variable));
    }

    public void Dispose()
    {
        _silent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Filled(string[] arguments) =>
    [
        .. arguments.Select(argument => argument.Replace("SILENT", $"tcp:{_silent.LocalEndPoint}").Replace("FOLDER", _folder).Replace("SCENARIOS", Repository.Scenarios)
            .Replace("PCAP", Path.Combine(Repository.Root, "pcaps", "glibc-bad-password", "glibc-bad-password.pcap"))),
    ];

    // A pipe with a name that nobody writes to: who reads it waits.
    private async Task<string> FifoAsync()
    {
        string path = Path.Combine(_folder, "fifo");
        using Process make = Process.Start("mkfifo", [path]);
        await make.WaitForExitAsync();
        return path;
    }

    // Returns once the command has it open.
    private static Task<FileStream> OpenedAsync(string fifo) =>
        Task.Run(() => new FileStream(fifo, FileMode.Open, FileAccess.Write)).WaitAsync(s_patience);

    private async Task InTheMiddleAsync(string[] arguments, Taken taken)
    {
        if (arguments[0] is "fuzz" or "record")
        {
            // Its folder, or its file, is there once it has begun.
            string sign = Path.Combine(_folder, arguments[0] == "fuzz" ? "corpus" : "r.pcapng");
            var clock = Stopwatch.StartNew();
            while (!Path.Exists(sign))
            {
                Assert.True(clock.Elapsed < s_patience, $"not there: {sign}");
                await Task.Delay(20);
            }

            return;
        }

        await taken.First.WaitAsync(s_patience);
    }

    /// <summary>Takes connections and keeps them.</summary>
    private sealed class Taken : IDisposable
    {
        private readonly List<Socket> _kept = [];
        private readonly CancellationTokenSource _stop = new();

        public Taken(Socket listener)
        {
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            First = first.Task;
            _ = Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        _kept.Add(await listener.AcceptAsync(_stop.Token));
                        _ = first.TrySetResult();
                    }
                }
                catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
                {
                    // The end of the test.
                }
            });
        }

        public Task First { get; }

        public void Dispose()
        {
            _stop.Cancel();
            _kept.ForEach(socket => socket.Dispose());
        }
    }
}
