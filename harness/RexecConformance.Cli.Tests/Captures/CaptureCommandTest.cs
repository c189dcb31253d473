using RexecConformance.Captures.Packets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Tests.Captures;

namespace RexecConformance.Cli.Tests.Captures;

/// <summary>The verbs <c>capture import</c> and <c>capture replay</c> as scripts see them.</summary>
[Trait("needs", "loopback")]
public sealed class CaptureCommandTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-test-").FullName;

    private static string Capture(string slug) => Path.Combine(Repository.Root, "pcaps", slug, slug + ".pcap");

    [Fact]
    public async Task What_is_imported_validates_runs_and_is_not_written_over()
    {
        string folder = Path.Combine(_folder, "made");
        CommandResult import = await CommandProcess.RunAsync("capture", "import", Capture("glibc-aux-out-err"), "-o", folder);
        Assert.Equal((0, ""), (import.ExitCode, import.Errors));
        Assert.Contains("cases/glibc-aux-out-err.yaml", import.Output);
        CommandResult validate = await CommandProcess.RunAsync("validate", "--scenarios", folder);
        Assert.Equal((0, ""), (validate.ExitCode, validate.Errors));
        CommandResult run = await CommandProcess.RunAsync("run", "--target", "reference", "--scenarios", folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("1 pass", run.Output);
        Assert.DoesNotContain("wonder-1865", import.Output + run.Output);
        CommandResult again = await CommandProcess.RunAsync("capture", "import", Capture("glibc-aux-out-err"), "-o", folder);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--force", Assert.Single(again.Errors.TrimEnd('\n').Split('\n')));
    }

    [Fact]
    public async Task Red_import_names_the_difference_and_how_to_see_it_again()
    {
        // Without the manifest beside it nobody names its dialect: its bytes are expected of all.
        string capture = Path.Combine(_folder, "gnud.pcap");
        File.Copy(Capture("gnud-glibc-aux"), capture);
        string folder = Path.Combine(_folder, "made");
        Assert.Equal(0, (await CommandProcess.RunAsync("capture", "import", capture, "-o", folder)).ExitCode);
        CommandResult run = await CommandProcess.RunAsync("run", "--target", "reference:debian", "--scenarios", folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the dialects differ: status-stream is stderr in inetutils, inetutils-pam, solaris; primary in debian", run.Output);
        Assert.Contains($"again: rexec-conformance run --target reference:debian --scenarios {folder} --id 'gnud#whole'", run.Output);
        CommandResult same = await CommandProcess.RunAsync("run", "--target", "reference:inetutils", "--scenarios", folder);
        Assert.Equal((0, ""), (same.ExitCode, same.Errors));
    }

    [Fact]
    public async Task Import_prints_no_password_that_the_command_repeats()
    {
        const string Request = "0\0alice\0secret-4711\0echo secret-4711\0";
        string capture = Path.Combine(_folder, "repeats.pcap");
        await File.WriteAllBytesAsync(capture, new PcapBuilder().Handshake().FromClient(1, 1, Request).FromServer(1, (uint)Request.Length + 1, "\0secret-4711\n", TcpFlags.Ack | TcpFlags.Fin).ToArray());
        string folder = Path.Combine(_folder, "repeats");
        CommandResult import = await CommandProcess.RunAsync("capture", "import", capture, "-o", folder);
        Assert.Equal(0, import.ExitCode);
        Assert.DoesNotContain("secret-4711", import.Output + import.Errors);
        Assert.Contains("'echo ***********'", import.Output);
        Assert.Contains("secret-4711", await File.ReadAllTextAsync(Path.Combine(folder, "cases", "repeats.yaml")));
    }

    [Theory]
    [InlineData(2, "--name", "--name", "Not A Slug")]
    [InlineData(2, "there is no account 'nosuch'", "--account", "nosuch")]
    [InlineData(4, "there is no conversation 9, expected 1 to 1", "--conversation", "9")]
    public async Task Wrong_use_of_import_is_one_line(int exitCode, string says, params string[] more)
    {
        CommandResult result = await CommandProcess.RunAsync(["capture", "import", Capture("glibc-aux-out-err"), "-o", Path.Combine(_folder, "x"), .. more]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(says, Assert.Single(result.Errors.TrimEnd('\n').Split('\n')));
        Assert.False(Directory.Exists(Path.Combine(_folder, "x")));
    }

    [Theory]
    [InlineData("nosuch.pcap", "out", "nosuch.pcap: there is no such file")]
    [InlineData("nosuch/x.pcap", "out", "nosuch/x.pcap: there is no such file")]
    [InlineData("folder", "out", "folder: is a directory, expected a capture")]
    [InlineData("good.pcap", "good.pcap", "good.pcap: is a file, expected a folder")]
    [InlineData("good.pcap", "good.pcap/x", "good.pcap/x: a part of the path is a file, expected a folder")]
    public async Task Path_that_import_cannot_use_is_one_line_of_our_own(string file, string output, string says)
    {
        File.Copy(Capture("glibc-aux-out-err"), Path.Combine(_folder, "good.pcap"));
        _ = Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        CommandResult result = await CommandProcess.RunAsync("capture", "import", Path.Combine(_folder, file), "-o", Path.Combine(_folder, output));
        Assert.Equal((2, $"rexec-conformance: {Path.Combine(_folder, says)}\n"), (result.ExitCode, result.Errors));
    }

    [Fact]
    public async Task Operation_that_wrote_something_else_is_green_on_the_reference_server()
    {
        const string Request = "0\0alice\0wonder\0echo out\0";
        string capture = Path.Combine(_folder, "other.pcap");
        await File.WriteAllBytesAsync(capture, new PcapBuilder().Handshake().FromClient(1, 1, Request).FromServer(1, (uint)Request.Length + 1, "\0other\n", TcpFlags.Ack | TcpFlags.Fin).ToArray());
        string folder = Path.Combine(_folder, "other");
        CommandResult import = await CommandProcess.RunAsync("capture", "import", capture, "-o", folder);
        Assert.Contains("a real target answers otherwise", import.Errors);
        CommandResult run = await CommandProcess.RunAsync("run", "--target", "reference", "--dialect", "all", "--scenarios", folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Replay_compares_output_too()
    {
        CommandResult result = await CommandProcess.RunAsync("capture", "replay", Capture("raw-half-close-then-output"), "--target", "reference:debian", "--speed", "10");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("same    primary output: the same, 5 bytes", result.Output);
    }

    [Fact]
    public async Task Replay_names_the_dialect_difference()
    {
        CommandResult result = await CommandProcess.RunAsync("capture", "replay", Capture("gnud-eof-mid-username"), "--target", "reference:debian");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("because the dialects differ: eof-in-field is diagnostic in inetutils; silent-close in debian", result.Output);
    }

    [Fact]
    public async Task Damaged_capture_with_nothing_to_compare_is_4()
    {
        // The file header, the client's SYN and half of the next record.
        string file = Path.Combine(_folder, "cut.pcap");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(Capture("glibc-aux-out-err")))[..150]);
        CommandResult result = await CommandProcess.RunAsync("capture", "replay", file, "--target", "reference:debian");
        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("rexec-conformance: ", result.Errors.TrimEnd('\n').Split('\n')[^1]);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("-1")]
    public async Task Speed_is_a_number(string speed)
    {
        CommandResult result = await CommandProcess.RunAsync("capture", "replay", Capture("glibc-aux-out-err"), "--speed", speed);
        Assert.Equal(2, result.ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
