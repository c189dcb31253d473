using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Captures;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Tests.Captures.Writing;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Recording;

/// <summary>The command <c>record</c> as a process: its file, its ends, its exit codes.</summary>
[Trait("needs", "loopback")]
public sealed class RecordCommandTest : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("record").FullName;

    private string Capture => Path.Combine(_folder, "a.pcapng");

    private string Output => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_in_the_middle_it_leaves_a_sound_file_with_all_that_the_client_has(int round)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        await using CommandProcess command = CommandProcess.StartInto(Output, "record", "--upstream", "reference:debian", "-o", Capture);
        IPEndPoint at = await ReadyAsync();
        using var primary = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        primary.Connect(at);
        primary.Send("\0good\0secret\0cat\0"u8);
        var echo = new byte[20_000];
        Random.Shared.NextBytes(echo);
        Task sending = Task.Factory.StartNew(() =>
        {
            try
            {
                while (true)
                {
                    primary.Send(echo);
                }
            }
            catch (SocketException)
            {
                // The recorder is killed: that is the test.
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var received = new List<byte>();
        byte[] buffer = new byte[65_536];
        Task killing = Task.CompletedTask;
        try
        {
            for (int count; (count = primary.Receive(buffer)) > 0;)
            {
                received.AddRange(buffer.AsSpan(0, count));
                if (received.Count > round * 300_000 && killing.IsCompletedSuccessfully)
                {
                    killing = killing == Task.CompletedTask ? command.SignalAsync("KILL") : killing;
                }
            }
        }
        catch (SocketException)
        {
            // As above.
        }

        await killing;
        await sending.WaitAsync(s_patience);
        Assert.Equal(137, (await command.EndAsync(s_patience)).ExitCode);
        CaptureContents contents = CaptureContents.Read(Capture, at.Port);
        Assert.Null(contents.Fault);
        Assert.Empty(contents.Warnings);
        byte[] recorded = Assert.Single(contents.Conversations).Sent(Side.Server, StreamName.Primary)!.KnownBytes();
        Assert.True(recorded.Length >= received.Count, $"{received.Count} bytes reached the client, {recorded.Length} are in the file");
        Assert.True(recorded.AsSpan(0, received.Count).SequenceEqual([.. received]));
        _ = Tshark.Check(Capture, anyPorts: true);
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 0)]
    public async Task A_signal_ends_it_and_its_conversations(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        await using CommandProcess command = CommandProcess.StartInto(Output, "record", "--upstream", "reference:debian", "-o", Capture);
        IPEndPoint at = await ReadyAsync();
        using var primary = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        primary.Connect(at);
        primary.Send("\0good\0secret\0cat\0"u8);
        byte[] one = new byte[1];
        Assert.Equal(1, primary.Receive(one));
        await command.SignalAsync(signal);
        Assert.Throws<SocketException>(() => primary.Receive(one));
        CommandResult result = await command.EndAsync(s_patience);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains("record: 1 127.0.0.1:", result.Errors, StringComparison.Ordinal);
        Assert.Contains("user \"good\"", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Errors, StringComparison.Ordinal);
        Conversation own = Assert.Single(CaptureContents.Read(Capture, at.Port).Conversations);
        Assert.Equal("\0good\0secret\0cat\0", Encoding.Latin1.GetString(own.Sent(Side.Client, StreamName.Primary)!.KnownBytes()));
        _ = Tshark.Check(Capture, anyPorts: true);
    }

    [SkippableFact]
    public async Task It_ends_by_itself_after_so_many_conversations()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell");
        await using CommandProcess command = CommandProcess.StartInto(Output, "record", "--upstream", "reference:debian", "-o", Capture, "--once", "2", "--max-sessions", "1");
        IPEndPoint at = await ReadyAsync();
        SeenReply[] seen = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => PlainClient.Send(at, "<p>\0good\0secret\0echo out; echo err >&2\0"))));
        CommandResult result = await command.EndAsync(s_patience);
        Assert.Equal(0, result.ExitCode);
        Assert.All(seen, one => Assert.Equal(("\0out\n", "err\n"), (one.Primary.Text, one.Aux!.Text)));
        Assert.Equal(2, CaptureContents.Read(Capture, at.Port).Conversations.Count);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Capture));
        }
    }

    [SkippableFact]
    public async Task It_records_on_where_standard_error_is_full()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        await using CommandProcess command = CommandProcess.StartWithFullErrors(Output, "record", "--upstream", "reference:debian", "-o", Capture, "--once", "2", "--max-sessions", "1");
        IPEndPoint at = await ReadyAsync();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("\0out\n", (await Task.Run(() => PlainClient.Send(at, "0\0good\0secret\0echo out\0"))).Primary.Text);
        }

        Assert.Equal(0, (await command.EndAsync(s_patience)).ExitCode);
        Assert.Equal(2, CaptureContents.Read(Capture, at.Port).Conversations.Count);
    }

    [Theory]
    [InlineData("--listen", "0.0.0.0:0", "--allow-remote")]
    [InlineData("--listen", "nonsense", "--listen is 'nonsense'")]
    [InlineData("--listen", "1.2", "--listen is '1.2'")]
    [InlineData("--upstream", "recorded:inetutils", "stored baseline")]
    [InlineData("--upstream", "nowhere", "is no address")]
    [InlineData("--once", "0", "--once is '0'")]
    public async Task Wrong_usage_is_one_line_and_no_file(string option, string value, string expected)
    {
        Dictionary<string, string> options = new() { ["--listen"] = "127.0.0.1:0", ["--upstream"] = "reference", ["-o"] = Capture, [option] = value };
        CommandResult result = await CommandProcess.RunAsync(["record", .. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.Trim().Split('\n'));
        Assert.False(File.Exists(Capture));
    }

    [Fact]
    public async Task A_file_that_is_there_stays_unless_it_may_be_replaced()
    {
        await File.WriteAllTextAsync(Capture, "mine");
        CommandResult result = await CommandProcess.RunAsync("record", "--upstream", "reference", "-o", Capture);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--force", result.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Capture));

        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen(1);
        result = await CommandProcess.RunAsync("record", "--upstream", "reference", "-o", Capture, "--force", "--listen", $"{taken.LocalEndPoint}");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(Capture));

        // A target that does not start comes before the file is touched.
        result = await CommandProcess.RunAsync("record", "--upstream", "inetd:/nonexistent/rexecd", "-o", Capture, "--force");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(Capture));
    }

    private async Task<IPEndPoint> ReadyAsync()
    {
        const string Ready = "record: ready on ";
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (Environment.TickCount64 < until)
        {
            string text = File.Exists(Output) ? await File.ReadAllTextAsync(Output) : "";
            if (text.EndsWith('\n'))
            {
                Assert.StartsWith(Ready, text, StringComparison.Ordinal);
                return IPEndPoint.Parse(text[Ready.Length..].Trim());
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("record did not get ready");
    }
}
