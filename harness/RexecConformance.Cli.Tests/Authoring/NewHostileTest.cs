using System.Net;
using System.Net.Sockets;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Authoring;

/// <summary>The verb <c>new</c> where something is wrong: nothing is invented, and what it says to do next works.</summary>
[Trait("needs", "loopback")]
public sealed class NewHostileTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-new-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_that_is_not_there_is_no_fact_about_its_dialect()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string file = Path.Combine(_folder, "a.yaml");
        CommandResult result = await CommandProcess.RunAsync(
            "new", "not-there", "--observe", $"tcp:{reserved.LocalEndPoint}", "--dialect", "debian", "-o", file);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("refuses connections", result.Errors);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task An_account_without_a_name_is_named()
    {
        CommandResult result = await CommandProcess.RunAsync("new", "a", "--user", "", "-o", "-");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("rexec-conformance: --user: there is no account ''", result.Errors);
    }

    [Theory]
    [InlineData("my own/cases/a.yaml", "explain --scenarios '{0}/my own' a; rexec-conformance run --scenarios '{0}/my own' --id a")]
    [InlineData("a.yaml", "put it below cases/ in a folder of scenarios")]
    public async Task What_is_to_be_done_next_can_be_done(string file, string next)
    {
        CommandResult result = await CommandProcess.RunAsync("new", "a", "--expect", "nothing", "-o", Path.Combine(_folder, file));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(string.Format(null, next, _folder), result.Errors);
    }

    [Fact]
    public async Task A_folder_of_ones_own_does_not_hold_the_scenarios_of_the_suite()
    {
        string file = Path.Combine(_folder, "cases", "a.yaml");
        foreach (string[] where in new string[][] { ["--scenarios", _folder], ["-o", file] })
        {
            CommandResult result = await CommandProcess.RunAsync(["new", "a", "--expect", "nothing", "--depends-on", "success", .. where]);
            Assert.Equal(2, result.ExitCode);
            Assert.StartsWith("rexec-conformance: --depends-on: 'success' is a scenario of the suite", result.Errors);
        }

        Assert.Equal(0, (await CommandProcess.RunAsync("new", "a", "--expect", "nothing", "-o", file)).ExitCode);
        CommandResult taken = await CommandProcess.RunAsync("new", "a", "--expect", "nothing", "-o", Path.Combine(_folder, "cases", "b.yaml"));
        Assert.Contains("the id 'a' is that of", taken.Errors);
        Assert.Equal(0, (await CommandProcess.RunAsync("new", "b", "--expect", "nothing", "--depends-on", "a", "-o", Path.Combine(_folder, "cases", "b.yaml"))).ExitCode);
        Assert.Equal(0, (await CommandProcess.RunAsync("validate", "--scenarios", _folder)).ExitCode);
    }

    [Fact]
    public async Task Of_many_mistakes_the_first_hundred_are_shown()
    {
        string file = Path.Combine(_folder, "cases", "a.yaml");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: a\n")));
        CommandResult result = await CommandProcess.RunAsync("validate", "--scenarios", _folder);
        Assert.Equal(2, result.ExitCode);
        string[] lines = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^50\d\d problems, the first 100 are shown$", lines[^1]);
        Assert.Equal(301, lines.Length);
    }
}
