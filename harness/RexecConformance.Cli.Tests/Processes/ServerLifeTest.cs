using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Processes;

/// <summary>The server as a process in a namespace: how it starts, what it serves, and what is left of it.</summary>
[SupportedOSPlatform("linux")]
[Trait("needs", "root")]
public sealed class ServerLifeTest
{
    private const string Target = "reference:bsd44,accounts=file,commands=shell";

    [SkippableFact]
    public async Task Every_set_up_is_served()
    {
        Needs.Namespaces();
        await using ITarget target = await OpenAsync("reference:bsd44,accounts=file");
        List<Variant> others = [.. Suite.Variants().Where(v => !v.Scenario.Setup.IsPlain || v.Scenario.Network == AddressFamily.InterNetworkV6)];
        TargetResult result = await Suite.RunAsync(target, others);
        Assert.Null(result.Failure);
        Assert.Contains(others, v => v.Scenario.Setup.Faults.Count > 0);
        Assert.Contains(others, v => v.Scenario.Setup.IsExclusive);
        Assert.Empty(result.Results.Where(r => r.Verdict is not (Verdict.Pass or Verdict.Unspecified)).Select(r => $"{r.Variant.Name} {r.Verdict}: {r.Reason}"));
        Assert.Empty(target.Troubles);
    }

    [SkippableFact]
    public async Task Nothing_is_left_of_it()
    {
        Needs.Namespaces();
        ITarget target = await OpenAsync(Target);
        int server = ((ReferenceProcessTarget)target).ServerId;
        string space = Namespaces.Of(server)!;
        Assert.NotEqual(Namespaces.Of(Environment.ProcessId), space);
        await target.DisposeAsync();
        Assert.Empty(Namespaces.Processes(space));
    }

    [SkippableFact]
    public async Task A_server_that_ends_in_the_middle_is_told()
    {
        Needs.Namespaces();
        await using ITarget target = await OpenAsync(Target);
        Assert.False(target.Gone!.IsCompleted);
        Process.GetProcessById(((ReferenceProcessTarget)target).ServerId).Kill();
        Assert.Contains("the server ended (exit code 137)", await target.Gone.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_that_does_not_start_is_one_line_with_its_own_words()
    {
        Needs.Namespaces();
        ServerProgram program = ServerProgram.Find();
        await using DaemonNamespace space = await DaemonNamespace.CreateAsync(
            new NamespaceContents("a test", program.Command[0], Accounts.AccountFile.Default) { Folders = program.Folders }, CancellationToken.None);
        var e = await Assert.ThrowsAsync<TargetStartException>(() => NamespacedServer.StartAsync(
            space, [.. program.Command, "--listen", "nowhere"], ServerArguments.Environment, null, CancellationToken.None));
        Assert.Equal("the server did not start: rexecd: --listen: 'nowhere' is not ADDRESS:PORT or [IPv6 ADDRESS]:PORT (exit code 2)", e.Message);
    }

    [SkippableFact]
    public async Task A_wrong_dialect_file_is_an_error_of_usage()
    {
        Needs.Namespaces();
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no-such-entry: 1\n");
            CommandResult result = await CommandProcess.RunAsync("run", "--target", $"{Target},dialect-file={file}", "--id", "bad-password");
            Assert.Equal(ExitCodes.Usage, result.ExitCode);
            Assert.Contains("no-such-entry", result.Errors, StringComparison.Ordinal);
            Assert.Single(result.Errors.TrimEnd().Split('\n'));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public async Task A_dialect_file_is_served()
    {
        Needs.Namespaces();
        string file = Path.GetTempFileName(); // below /tmp, which the namespace covers
        try
        {
            await File.WriteAllTextAsync(file, "login.bad-password: \"Go away\"");
            CommandResult result = await CommandProcess.RunAsync("run", "--target", $"{Target},dialect-file={file}", "--id", "bad-password");
            Assert.Equal(ExitCodes.Red, result.ExitCode);
            Assert.Contains("Go away", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<ITarget> OpenAsync(string text) =>
        TargetOpener.OpenAsync(TargetOpener.Plan([text], null, Suite.Tree)[0], Fixtures.None, CancellationToken.None);
}
