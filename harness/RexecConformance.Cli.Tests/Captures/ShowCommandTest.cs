using System.Text.Json;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Captures;

/// <summary><c>capture show</c> as a process: exit codes, standard input, and what goes to which stream.</summary>
public sealed class ShowCommandTest
{
    private static readonly string s_capture = Path.Combine(Repository.Root, "pcaps", "glibc-bad-password", "glibc-bad-password.pcap");

    [Fact]
    public async Task A_sound_file_is_a_table_and_nothing_else()
    {
        CommandResult result = await ShowAsync(s_capture);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("\"rxalice\"", result.Output);
        Assert.DoesNotContain("wrong-pass", result.Output);
    }

    [Fact]
    public async Task A_damaged_file_shows_what_is_sound_and_one_warning_with_the_offset()
    {
        // Two whole records (24 + 90 + 90 bytes), and a piece of the third.
        CommandResult result = await CutAsync(250);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(": warning: byte 204: ", Assert.Single(result.Errors.Split('\n'), line => line.Contains("byte 204")));
        Assert.Contains("127.0.0.1:512", result.Output);
    }

    [Theory]
    [InlineData(0, "not a capture: the file is empty")]
    [InlineData(10, "not a capture")]
    [InlineData(60, "its very first packet is damaged")]
    public async Task What_holds_no_sound_packet_is_no_capture(int length, string message)
    {
        CommandResult result = await CutAsync(length);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("   at ", result.Errors);
    }

    [Fact]
    public async Task No_file_a_directory_and_a_text_are_one_line_each()
    {
        foreach (string path in new[] { Path.Combine(Repository.Root, "no-such-file"), Repository.Root, Path.Combine(Repository.Root, "README.md") })
        {
            CommandResult result = await ShowAsync(path);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.StartsWith($"rexec-conformance: {path}: ", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Fact]
    public async Task A_sound_file_without_rexec_says_so()
    {
        CommandResult result = await ShowAsync(s_capture, "--port", "99");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no rexec conversation in 1 TCP connection\n", result.Errors);
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_matches_nothing()
    {
        CommandResult result = await ShowAsync(s_capture, "--conversation", "7");
        Assert.Equal((4, ""), (result.ExitCode, result.Output));
        Assert.Contains("there is no conversation 7, only 1", result.Errors);
    }

    [Theory]
    [InlineData("--streams")]
    [InlineData("--port=0")]
    [InlineData("--port=65536")]
    public async Task Wrong_usage_is_2(string option) => Assert.Equal(2, (await ShowAsync(s_capture, option)).ExitCode);

    [Fact]
    public async Task Json_is_one_record_a_line_from_start_to_complete()
    {
        CommandResult result = await ShowAsync(s_capture, "--json", "--streams", "--show-passwords");
        List<JsonElement> records = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["start", "conversation", "connection", "complete"], records.Select(record => record.GetProperty("record").GetString()));
        Assert.Equal("wrong-pass", records[1].GetProperty("exec.password").GetString());
        // The whole stream: empty port, name, password, command.
        Assert.Equal(
            "007278616c6963650077726f6e672d70617373006563686f2068656c6c6f00",
            records[2].GetProperty("initiator").GetProperty("hex").GetString());
        Assert.Equal(1, records[3].GetProperty("conversations").GetInt32());
    }

    [Fact]
    public async Task Streams_hide_the_password_too()
    {
        CommandResult result = await ShowAsync(s_capture, "--json", "--streams");
        Assert.DoesNotContain("wrong-pass", result.Output);
        Assert.DoesNotContain("77726f6e672d70617373", result.Output);
        Assert.Contains("007278616c69636500" + string.Concat(Enumerable.Repeat("2a", 10)) + "00", result.Output);
    }

    [SkippableFact]
    public async Task A_reader_that_leaves_early_is_no_fault()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        string program = Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", "dotnet \"$0\" capture show \"$1\" --full | head -1", program, s_capture]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.StartsWith("conversation 1", await process.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    private static Task<CommandResult> ShowAsync(params string[] arguments) => CommandProcess.RunAsync(["capture", "show", .. arguments]);

    private static async Task<CommandResult> CutAsync(int length)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(s_capture))[..length]);
            return await ShowAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
