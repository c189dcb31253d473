using System.Diagnostics;

namespace Rexecd.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("--dialect nosuch", "rexecd: unknown dialect 'nosuch', one of aix, bsd42, bsd44, debian")]
    [InlineData("--nosuch", "rexecd: Unrecognized")]
    [InlineData("--listen 127.0.0.1", "rexecd: --listen: '127.0.0.1' is not ADDRESS:PORT")]
    [InlineData("--listen ::1:0", "rexecd: --listen: '::1:0' is not")]
    [InlineData("--listen 0.0.0.0:0", "rexecd: 0.0.0.0 is not loopback")]
    [InlineData("--listen 0.0.0.0:0 --commands shell --allow-remote", "rexecd: --commands shell")]
    [InlineData("--listen 0.0.0.0:0 --commands login --allow-remote", "rexecd: --commands login")] // root's password is public; without root, another line
    [InlineData("--commands shell --dialect nuttx", "rexecd: --commands shell needs a dialect that checks passwords, and nuttx does not")]
    [InlineData("--commands shell --dialect inetutils191", "rexecd: --commands shell needs a dialect that checks passwords")]
    [InlineData("--commands nosuch", "rexecd: --commands: unknown value 'nosuch', one of scripted | shell | login expected")]
    [InlineData("--fault nosuch", "rexecd: --fault: unknown value 'nosuch', one of fork | pipe | no-reverse-name | limit-in-characters")]
    [InlineData("--listen 127.0.0.1:nosuchservice", "rexecd: --listen: service 'nosuchservice'")]
    [InlineData("--command-limit -1", "rexecd: --command-limit: a number")]
    [InlineData("--environment SHELL", "rexecd: --environment: 'SHELL' is not NAME=VALUE")]
    [InlineData("--port-timeout soon", "rexecd: --port-timeout: 'soon' is not a duration")]
    [InlineData("--dialect freebsd-pam --field-timeout 5s", "rexecd: --field-timeout has no effect in freebsd-pam, where one clock")]
    [InlineData("--dialect freebsd-pam --connect-timeout none", "rexecd: --connect-timeout has no effect in freebsd-pam, where one clock")]
    [InlineData("--max-sessions 0", "rexecd: --max-sessions: at least 1 expected")]
    [InlineData("--max-sessions x", "rexecd: ")]
    [InlineData("--max-sessions-per-peer 0", "rexecd: --max-sessions-per-peer: at least 1 expected")]
    [InlineData("--session-timeout soon", "rexecd: --session-timeout: 'soon' is not a duration")]
    [InlineData("--grace soon", "rexecd: --grace: 'soon' is not a duration")]
    [InlineData("--aux-ports 0", "rexecd: --aux-ports: '0' is not LOW-HIGH")]
    [InlineData("--aux-ports 2000-1000", "rexecd: --aux-ports: '2000-1000' is not LOW-HIGH")]
    [InlineData("--aux-ports 1-65536", "rexecd: --aux-ports: '1-65536' is not LOW-HIGH")]
    [InlineData("--log /nosuch/file", "rexecd: --log: /nosuch/file: ")]
    [InlineData("--log-format xml", "rexecd: --log-format: unknown value 'xml', one of text | json expected")]
    [InlineData("--scripts /nosuch/file", "rexecd: /nosuch/file: ")]
    [InlineData("--accounts /nosuch/file", "rexecd: /nosuch/file: ")]
    [InlineData("--dialect-file /nosuch/file", "rexecd: /nosuch/file: ")]
    public async Task Bad_usage_is_one_line_and_exit_code_2(string arguments, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(2, await CommandLine.RunAsync(arguments.Split(' '), output, error));
        Assert.StartsWith(message, error.ToString());
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("format: 1\naccounts:\n  good: { name: \"good\"\n")]
    [InlineData("format: 2\naccounts: {}\n")]
    [InlineData("format: 1\naccounts:\n  good: { name: \"good\" }\n")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("")]
    [InlineData("format: 1\naccounts: ", '[')]
    [InlineData("format: 1\naccounts: ", '{')]
    public async Task Damaged_accounts_file_is_one_line_and_exit_code_2(string text, char? deep = null)
    {
        using var file = new TemporaryFile(text + new string(deep ?? ' ', deep is null ? 0 : 50_000));
        using var output = new StringWriter();
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(2, await CommandLine.RunAsync(["--listen", "127.0.0.1:0", "--accounts", file.Path], output, error));
        Assert.StartsWith($"rexecd: {file.Path}", error.ToString());
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Port_in_use_is_exit_code_3()
    {
        await using RexecServer server = SessionTests.Start("bsd44");
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(3, await CommandLine.RunAsync(["--listen", server.EndPoint.ToString()], TextWriter.Null, error));
        Assert.StartsWith($"rexecd: cannot listen on {server.EndPoint}: ", error.ToString());
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
    }

    [SkippableFact]
    public async Task Ready_line_that_cannot_be_written_is_no_fault()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /dev/full");
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" --listen 127.0.0.1:0 >/dev/full", InetdProcess.Command])
        {
            RedirectStandardError = true,
        })!;
        string? ready;
        do
        {
            ready = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        while (ready?.Contains(" ready ") == false);

        if (OperatingSystem.IsLinux())
        {
            Posix.Processes.Signal(process.Id, 15);
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Print_dialect_prints_what_is_served()
    {
        using var file = new TemporaryFile("login.unknown-user: Who?\n");
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["--print-dialect", "debian", "--dialect-file", file.Path], output, TextWriter.Null));
        Assert.Equal(DialectEntries.ToYaml(Dialect.Load("debian", file.Path)), output.ToString());
        Assert.Contains("\nlogin.unknown-user: \"Who?\"\n", output.ToString());
    }

    [Fact]
    public async Task Command_limit_is_the_argument_list_of_the_system()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["--print-dialect", "sco", "--command-limit", "5119"], output, TextWriter.Null));
        Assert.Contains("\ncommand.limit: 5119\ncommand.error-at-byte: 5121\n", output.ToString());
    }

    [SkippableTheory]
    [InlineData("127.0.0.1:0", @"^rexecd: ready on 127\.0\.0\.1:\d+ dialect debian$", 2, 130)]
    [InlineData("[::1]:0", @"^rexecd: ready on \[::1\]:\d+ dialect debian$", 15, 0)]
    public async Task Says_that_it_is_ready_and_ends_by_signal(string listen, string line, int signal, int exitCode)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sends signals");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rexecd"), ["--listen", listen, "--dialect", "debian"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Assert.Matches(line, await process.StandardOutput.ReadLineAsync());
        if (OperatingSystem.IsLinux())
        {
            Posix.Processes.Signal(process.Id, signal);
        }

        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(exitCode, process.ExitCode);
    }
}
