using System.Diagnostics;

namespace RexecConformance.Packaging.Tests;

/// <summary>The commands as somebody has them who has no repository: installed from files, run from an empty folder.</summary>
[Collection(nameof(Packed))]
public class ToolTests(PackedSuite suite)
{
    [Theory]
    [InlineData(0, "0.1.0", "--version")]
    [InlineData(0, "username-15", "list")]
    [InlineData(0, "scenarios", "validate")]
    [InlineData(0, "username too long", "explain", "username-15")]
    [InlineData(0, "netkit-pam", "dialects")]
    [InlineData(0, "nothing red in", "run", "--target", "reference:debian", "--id", "username-1?")]
    [InlineData(1, "FAIL A user name of 15 characters", "run", "--target", "reference:debian", "--dialect", "bsd44", "--id", "username-15#whole")]
    [InlineData(0, "recorded:inetutils", "run", "--target", "recorded:inetutils", "--id", "username-1?")]
    [InlineData(0, "debian-openbsd-inetd", "baseline", "check")]
    [InlineData(0, "bsd44", "fuzz", "--targets", "memory", "--dialect", "bsd44", "--cases", "1000", "--time", "60s", "--seed", "1")]
    [InlineData(0, "_rexec_conformance", "completion", "bash")]
    public async Task Verbs_find_what_they_need(int exitCode, string says, params string[] arguments)
    {
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");
        CommandResult result = await tool.RunAsync(arguments);
        Assert.True(result.ExitCode == exitCode, $"exit code {result.ExitCode}: {result.All}");
        Assert.Contains(says, result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Reference_server_with_real_accounts_is_found_beside_the_command()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs Linux and root: mount namespaces");
        InstalledTool tool = await suite.InstalledAsync("rexec-conformance");
        CommandResult result = await tool.RunAsync("run", "--target", "reference:debian,accounts=system,commands=login", "--id", "username-1?");
        Assert.True(result.ExitCode == 0, result.All);
    }

    [Fact]
    public async Task Server_listens_and_ends()
    {
        InstalledTool tool = await suite.InstalledAsync("rexecd");
        var start = new ProcessStartInfo(tool.Program, ["--listen", "127.0.0.1:0", "--dialect", "openbsd"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = tool.Folder,
        };
        start.Environment["DOTNET_ROOT"] = tool.Environment["DOTNET_ROOT"];
        using Process server = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            string? ready = await server.StandardOutput.ReadLineAsync(limit.Token);
            Assert.Matches("^rexecd: ready on 127.0.0.1:[0-9]+ dialect openbsd$", ready);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }
}
