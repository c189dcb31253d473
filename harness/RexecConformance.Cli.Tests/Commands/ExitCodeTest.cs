using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>The command as scripts see it: exit codes, one line on standard error, and machine output alone on standard output.</summary>
[Trait("needs", "loopback")]
public sealed class ExitCodeTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-test-").FullName;

    [Fact]
    public async Task Nothing_red_is_0()
    {
        CommandResult result = await Run("--id", "success*");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("nothing red", result.Output);
    }

    [Fact]
    public async Task Something_red_is_1_and_says_how_to_see_it_again()
    {
        CommandResult result = await Run("--target", "reference:debian", "--dialect", "bsd44", "--id", "username-15");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("rexec-conformance run --target reference:debian --dialect bsd44 --id 'username-15#whole'", result.Output);
    }

    [Fact]
    public async Task Nothing_that_matches_is_4() => OneLine(4, "no scenario matches", await Run("--id", "no-such-scenario"));

    [Theory]
    [InlineData("--no-such-option", "run", "--no-such-option")]
    [InlineData("no-such-verb", "no-such-verb")]
    [InlineData("--jobs", "run", "--jobs", "0")]
    [InlineData("--jobs", "run", "--jobs", "many")]
    [InlineData("there is no level 'nosuch', expected one of: must, ", "run", "--level", "nosuch")]
    [InlineData("absolute path", "run", "--target", "inetd:relative", "--dialect", "debian")]
    [InlineData("no kind 'telnet'", "run", "--target", "telnet:127.0.0.1:23")]
    [InlineData("no address", "run", "--target", "tcp:127.0.0.1", "--dialect", "bsd44")]
    [InlineData("--dialect", "run", "--target", "tcp:127.0.0.1:512")]
    [InlineData("no dialect 'nosuch'", "run", "--dialect", "nosuch")]
    [InlineData("--dialect all", "run", "--target", "reference:debian", "--dialect", "all")]
    [InlineData("colour=red", "run", "--target", "reference,colour=red")]
    [InlineData("--dialect-file", "run", "--target", "tcp:127.0.0.1:512", "--dialect", "bsd44", "--dialect-file", "FILE")]
    [InlineData("none.yaml", "run", "--dialect-file", "FOLDER/none.yaml")]
    [InlineData("cannot be read", "run", "--target", "file:FOLDER/none.yaml")]
    [InlineData("--capture is empty, expected the path of a folder", "run", "--capture", "")]
    [InlineData("--scenarios is empty, expected the path of a folder", "list", "--scenarios", "")]
    [InlineData("-o is empty, expected the path of a file", "record", "--upstream", "reference", "-o", "")]
    [InlineData("--output is empty, expected the path of a folder", "capture", "import", "a.pcap", "--output", "")]
    [InlineData("FILE is empty, expected the path of a file", "capture", "show", "")]
    [InlineData("/none' can't be written: a folder of its path is not there", "record", "--upstream", "reference", "-o", "FOLDER/none/none")]
    [InlineData("json", "run", "--report", "xml=FILE")]
    [InlineData("json", "run", "--report", "json=FOLDER/none/result.json")]
    public async Task Wrong_usage_is_2(string what, params string[] arguments)
    {
        CommandResult result = await CommandProcess.RunAsync([.. arguments.Select(a => a.Replace("FOLDER", _folder)), .. arguments[0] == "run" ? new[] { "--scenarios", Repository.Scenarios } : []]);
        OneLine(2, what, result);
    }

    [SkippableTheory]
    [InlineData("run", "--id", "success", "--capture", "/proc/none")]
    [InlineData("run", "--id", "success", "--capture", "/proc")]
    [InlineData("run", "--id", "success", "--report", "json=/proc/none")]
    [InlineData("record", "--upstream", "reference", "-o", "/proc/none")]
    public async Task A_folder_in_which_the_system_makes_no_files_is_said(params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        CommandResult result = await CommandProcess.RunAsync([.. arguments, .. arguments[0] == "run" ? new[] { "--scenarios", Repository.Scenarios } : []]);
        OneLine(2, "the system makes no files there, name another folder", result);
    }

    [Fact]
    public async Task A_scenario_that_is_no_yaml_is_2_with_its_place()
    {
        Copy();
        string file = Path.Combine(_folder, "cases", "bad.yaml");
        await File.WriteAllTextAsync(file, "format: 1\nid: [unclosed\n");
        CommandResult result = await CommandProcess.RunAsync("run", "--scenarios", _folder);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(file + ":", result.Errors);
        Assert.Contains("is not valid YAML", result.Errors);
        Assert.InRange(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 4);
    }

    [Fact]
    public async Task A_folder_without_scenarios_is_2()
    {
        CommandResult result = await CommandProcess.RunAsync("run", "--scenarios", _folder);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("holds no scenario", result.Errors);
        result = await CommandProcess.RunAsync("validate", "--scenarios", Path.Combine(_folder, "none"));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("is no directory", result.Errors);
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_3()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        CommandResult result = await Run("--target", $"tcp:{bound.LocalEndPoint}", "--dialect", "bsd44");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("connection refused", result.Output + result.Errors);
        Assert.DoesNotContain("   at ", result.Output + result.Errors);
    }

    [Fact]
    public async Task A_daemon_that_is_not_there_is_3()
    {
        CommandResult result = await Run("--target", "inetd:/no/such/in.rexecd", "--dialect", "debian");
        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Output + result.Errors);
    }

    [Fact]
    public async Task Machine_output_is_alone_on_standard_output()
    {
        CommandResult result = await Run("--id", "success", "--report", "json=-");
        Assert.Equal(0, result.ExitCode);
        string[] types = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.ToString())];
        Assert.True(types.Length > 2);
        Assert.Contains("nothing red", result.Errors);
    }

    [SkippableTheory]
    [InlineData("list")]
    [InlineData("run", "--target", "reference:debian", "--id", "success")]
    public async Task Output_that_cannot_be_written_is_2(params string[] arguments)
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        OneLine(2, "standard output", await CommandProcess.RunAsync("/dev/full", [.. arguments, "--scenarios", Repository.Scenarios]));
    }

    [SkippableFact]
    public async Task A_report_that_cannot_be_written_to_it_is_2_and_the_summary_is_still_told()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        CommandResult result = await CommandProcess.RunAsync(
            "/dev/full", ["run", "--target", "reference:debian", "--id", "success", "--report", "json=-", "--scenarios", Repository.Scenarios]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nothing red", result.Errors);
        Assert.StartsWith("rexec-conformance: the report 'standard output' can't be written", result.Errors.TrimEnd().Split('\n')[^1]);
    }

    [SkippableTheory]
    [InlineData(0, "list")]
    [InlineData(0, "run", "--target", "reference:debian", "--id", "success", "--report", "json=-")]
    [InlineData(2, "run", "--no-such-option")]
    [InlineData(2, "run", "--target", "tcp:127.0.0.1")]
    [InlineData(4, "run", "--id", "no-such-scenario")]
    public async Task Errors_that_cannot_be_written_change_no_exit_code(int exitCode, params string[] arguments)
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        string output = Path.Combine(_folder, "out");
        await using CommandProcess command = CommandProcess.StartWithFullErrors(output, [.. arguments, "--scenarios", Repository.Scenarios]);
        Assert.Equal(exitCode, (await command.EndAsync(TimeSpan.FromSeconds(60))).ExitCode);
        Assert.Equal(exitCode == 0, (await File.ReadAllTextAsync(output)).Length > 0);
    }

    [Fact]
    public async Task A_report_is_whole_or_absent()
    {
        string report = Path.Combine(_folder, "result.json");
        Assert.Equal(0, (await Run("--id", "success", "--report", "json=" + report)).ExitCode);
        string last = (await File.ReadAllLinesAsync(report))[^1];
        Assert.Contains("complete", last);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("list")]
    [InlineData("explain", "success")]
    [InlineData("run", "--dry-run")]
    public async Task Other_verbs_are_0(params string[] arguments)
    {
        CommandResult result = await CommandProcess.RunAsync([.. arguments, "--scenarios", Repository.Scenarios]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.NotEqual("", result.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<CommandResult> Run(params string[] arguments) => CommandProcess.RunAsync(["run", "--scenarios", Repository.Scenarios, .. arguments]);

    private static void OneLine(int exitCode, string words, CommandResult result)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        string line = Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, line);
        Assert.DoesNotContain("fault of the suite", line);
    }

    private void Copy()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Scenarios, "*.yaml", SearchOption.AllDirectories))
        {
            string to = Path.Combine(_folder, Path.GetRelativePath(Repository.Scenarios, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
