using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>A run that is stopped from outside, kindly or not, leaves nothing behind.</summary>
public sealed class InterruptTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [SkippableFact]
    [Trait("needs", "loopback")]
    public async Task An_interrupt_ends_a_run_with_130_within_2_seconds()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen(64);
        await using CommandProcess command = CommandProcess.Start(
            "run", "--scenarios", Repository.Scenarios, "--target", $"tcp:{server.LocalEndPoint}", "--dialect", "bsd44", "--no-canary");
        using Socket first = await server.AcceptAsync().WaitAsync(s_patience); // it is in the middle, and gets no answer
        var clock = Stopwatch.StartNew();
        await command.SignalAsync("INT");
        CommandResult result = await command.EndAsync(s_patience);
        Assert.Equal(130, result.ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
        Assert.DoesNotContain("   at ", result.Errors);
    }

    [SkippableTheory]
    [InlineData("INT", 130, "inetd:" + Needs.Daemon)]
    [InlineData("TERM", 130, "inetd:" + Needs.Daemon)]
    [InlineData("KILL", 137, "inetd:" + Needs.Daemon)]
    [InlineData("INT", 130, "reference:debian,accounts=system,commands=login")]
    [InlineData("KILL", 137, "reference:debian,accounts=system,commands=login")]
    [Trait("needs", "daemon")]
    public async Task The_end_of_a_run_leaves_no_daemon_and_no_namespace(string signal, int exitCode, string target)
    {
        Needs.DebianDaemon();
        await using CommandProcess command = CommandProcess.Start(
            "run", "--scenarios", Repository.Scenarios, "--target", target, "--dialect", "bsd44", "--jobs", "8");
        string own = MountNamespace(Environment.ProcessId)!;

        // Until daemons or commands run in its namespace: those that wait are always some.
        string? space = null;
        await UntilAsync(
            "daemons in a namespace of their own",
            () => (space = SpacesBelow(command.Id).FirstOrDefault(s => s != own && ProcessesOf(s).Count >= 4)) is not null);

        // The kernel gives the number of a namespace that is gone to the next one, which may belong to another test: held open,
        // it keeps its number to the end.
        using SafeFileHandle held = Hold(space!);
        await command.SignalAsync(signal);
        Assert.Equal(exitCode, (await command.EndAsync(s_patience)).ExitCode);
        await UntilAsync("the end of all that ran there", () => ProcessesOf(space!).Count == 0);
    }

    private static SafeFileHandle Hold(string space)
    {
        foreach (int pid in ProcessesOf(space))
        {
            try
            {
                SafeFileHandle held = File.OpenHandle($"/proc/{pid}/ns/mnt", share: FileShare.ReadWrite);
                if (ProcessesOf(space).Count > 0)
                {
                    return held;
                }

                held.Dispose();
            }
            catch (IOException)
            {
                // it has ended; another one will do
            }
        }

        throw new InvalidOperationException("all that ran in the namespace ended before it could be held");
    }

    private static async Task UntilAsync(string what, Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < s_patience, $"not reached in {s_patience.TotalSeconds} s: {what}");
            await Task.Delay(10);
        }
    }

    private static IEnumerable<string> SpacesBelow(int pid) =>
        Processes().Where(p => Parent(p) == pid).Select(MountNamespace).OfType<string>().Distinct();

    private static List<int> ProcessesOf(string space) => [.. Processes().Where(pid => MountNamespace(pid) == space)];

    private static IEnumerable<int> Processes() => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out int pid) ? pid : 0).Where(pid => pid > 0);

    private static string? MountNamespace(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget;
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private static int Parent(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0]);
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }
}
