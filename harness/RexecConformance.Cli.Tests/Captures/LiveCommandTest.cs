using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Rexecd;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Captures;

/// <summary><c>capture live</c> on the loopback interface, with the reference server and a client of plain sockets.</summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)] // what all other tests send would be captured with it, and some of it dropped
public sealed class LiveCommandTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData("lo")]
    [InlineData("any")]
    public async Task A_conversation_is_told_once_with_both_connections(string name)
    {
        NeedsRights();
        await using RexecServer server = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("bsd44") });
        using Process live = Start("-i", name, "--port", $"{server.EndPoint.Port}", "--count", "1", "--json", "--show-passwords");
        await ReadyAsync(live, name);
        SeenReply seen = PlainClient.Send(server.EndPoint, "<p>\0good\0secret\0echo out; echo err >&2\0");
        string output = await live.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await live.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(0, live.ExitCode);
        JsonElement record = Assert.Single(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement),
            record => record.GetProperty("record").GetString() == "conversation");
        Assert.Equal("good", record.GetProperty("exec.username").GetString());
        Assert.Equal("secret", record.GetProperty("exec.password").GetString());
        Assert.Equal("echo out; echo err >&2", record.GetProperty("exec.command").GetString());
        Assert.Equal("ok", record.GetProperty("aux").GetProperty("outcome").GetString());
        Assert.Equal(seen.Primary.Text, Sent(record, "primary"));
        Assert.Equal(seen.Aux!.Text, Sent(record, "aux"));
        // The loopback interface shows a packet twice; here each counts once.
        Assert.Equal(0, record.GetProperty("streams").GetProperty("primary").GetProperty("client").GetProperty("repeated").GetInt32());
    }

    [SkippableFact]
    public async Task What_is_written_is_shown_again_the_same()
    {
        NeedsRights();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using RexecServer server = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("bsd44") });
            using Process live = Start("-i", "lo", "--port", $"{server.EndPoint.Port}", "--count", "1", "--full", "-w", path);
            await ReadyAsync(live, "lo");
            _ = PlainClient.Send(server.EndPoint, "<p>\0good\0secret\0echo out; echo err >&2\0");
            string output = await live.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
            await live.WaitForExitAsync().WaitAsync(s_patience);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode);
            CommandResult shown = await CommandProcess.RunAsync("capture", "show", path, "--full", "--port", $"{server.EndPoint.Port}");
            Assert.Equal((0, output), (shown.ExitCode, shown.Output));
            Assert.Contains("echo out; echo err", output);

            CommandResult again = await CommandProcess.RunAsync("capture", "live", "-i", "lo", "-w", path);
            Assert.Equal(2, again.ExitCode);
            Assert.Contains(path, Assert.Single(again.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableTheory]
    [InlineData("", "is a directory, expected a file")]
    [InlineData("nosuch/copy.pcapng", "a folder of its path is not there, or is a file")]
    public async Task Path_that_cannot_be_written_is_one_line_of_our_own(string name, string says)
    {
        NeedsRights();
        string folder = Directory.CreateTempSubdirectory("rexec-test-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            CommandResult result = await CommandProcess.RunAsync("capture", "live", "-i", "lo", "--for", "1s", "-w", path);
            Assert.Equal((2, $"rexec-conformance: -w '{path}' can't be written: {says}\n"), (result.ExitCode, result.Errors));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [SkippableFact]
    public async Task An_interrupt_prints_what_is_there_and_ends_with_130()
    {
        NeedsRights();
        await using RexecServer server = RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load("bsd44") });
        using Process live = Start("-i", "lo", "--port", $"{server.EndPoint.Port}");
        await ReadyAsync(live, "lo");
        _ = PlainClient.Send(server.EndPoint, "\0good\0wrong\0true\0");
        using (Process kill = Process.Start("kill", ["-INT", $"{live.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        string output = await live.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await live.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(130, live.ExitCode);
        Assert.Contains("1 \"Password incorrect.\"", output);
        Assert.DoesNotContain("wrong", output);
    }

    [SkippableFact]
    public async Task An_interface_that_is_none_is_one_line()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux");
        CommandResult result = await CommandProcess.RunAsync("capture", "live", "-i", "nosuchif0");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("nosuchif0", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [SkippableFact]
    public async Task It_ends_after_its_time()
    {
        NeedsRights();
        CommandResult result = await CommandProcess.RunAsync("capture", "live", "-i", "lo", "--port", "1", "--for", "300ms");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no rexec conversation", result.Errors);
    }

    private static void NeedsRights()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: AF_PACKET");
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root: AF_PACKET");
    }

    private static string Sent(JsonElement record, string stream) => Bytes.ByteText.Latin1.GetString(Convert.FromHexString(
        record.GetProperty("streams").GetProperty(stream).GetProperty("server").GetProperty("hex").GetString()!));

    // The line comes when capturing has begun: nothing that is sent after it is missed.
    private static async Task ReadyAsync(Process live, string name)
    {
        string? line = await live.StandardError.ReadLineAsync().WaitAsync(s_patience);
        Assert.StartsWith($"{name}: capturing with ", line);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll"), "capture", "live", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
