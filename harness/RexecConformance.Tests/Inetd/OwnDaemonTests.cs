using System.Diagnostics;
using RexecConformance.Accounts;
using RexecConformance.Inetd;

namespace RexecConformance.Tests.Inetd;

/// <summary>Daemons written as shell scripts for these tests.</summary>
[Trait("needs", "daemon")]
[Collection(AloneCollection.Name)]
public sealed class OwnDaemonTests : IDisposable
{
    // Below /tmp, which the namespace covers: the daemon must be reachable all the same.
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rexec daemon's ");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task It_is_started_as_inetd_would()
    {
        string path = Script("tr '\\0' '|' </proc/$$/cmdline; echo; env; pwd");
        await using InetdHost host = await InetdHost.StartAsync(path, ["-a", "b c"], AccountFile.Default);
        Reply reply = await Client.SendRaw(host.IPv4EndPoint, "");
        Assert.Equal(new Stream($"/bin/sh|{path}|-a|b c|\nPWD=/\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n/\n", "FIN"), Sorted(reply.Primary));
    }

    [SkippableFact]
    public async Task A_crash_is_recorded_and_other_ends_are_not()
    {
        string path = Script("read line; kill -$line $$; exit 3");
        InetdHost host = await InetdHost.StartAsync(path, [], AccountFile.Default);
        Assert.Equal(new Stream("", "FIN"), (await Client.SendRaw(host.IPv4EndPoint, "0\n")).Primary);
        Assert.Equal(new Stream("", "FIN"), (await Client.SendRaw(host.IPv4EndPoint, "TERM\n")).Primary);
        Assert.Equal(new Stream("", "FIN"), (await Client.SendRaw(host.IPv4EndPoint, "ALRM\n")).Primary);
        Assert.Equal(new Stream("", "FIN"), (await Client.SendRaw(host.IPv4EndPoint, "SEGV\n")).Primary);
        await host.DisposeAsync();
        Assert.Equal([$"{path}: ended by signal 11 (SIGSEGV)"], host.Crashes);
    }

    /// <summary>The harness is killed: here its end of the holder's pipe is a cat that dies by SIGKILL.</summary>
    [SkippableFact]
    public async Task Nothing_is_left_when_the_owner_of_the_pipe_is_killed()
    {
        Needs.Namespaces();
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "cat | unshare -m --propagation private /bin/sh -s" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await shell.StandardInput.WriteAsync(NamespaceScript.For(new NamespaceContents("a test", "/bin/true", AccountFile.Default)));
        await shell.StandardInput.FlushAsync();
        Assert.Equal(NamespaceScript.Ready, await shell.StandardOutput.ReadLineAsync());
        IReadOnlyList<int> children = Machine.ChildrenOf(shell.Id);
        string own = Machine.MountNamespaceOf(Environment.ProcessId)!;
        int holder = children.Single(pid => Machine.MountNamespaceOf(pid) != own);
        string space = Machine.MountNamespaceOf(holder)!;
        using Process job = Process.Start("nsenter", [$"--mount=/proc/{holder}/ns/mnt", "--", "setsid", "sleep", "60"]);
        await HostLifeTests.Until(() => Machine.ProcessesOf(space).Contains(job.Id));

        Process.GetProcessById(children.Single(pid => pid != holder)).Kill();
        await HostLifeTests.Until(() => Machine.ProcessesOf(space).Count == 0);
        await job.WaitForExitAsync();
        await shell.WaitForExitAsync();
    }

    private static Stream Sorted(Stream stream)
    {
        // The order of environment lines is the shell's business.
        string[] lines = stream.Text.Split('\n');
        Array.Sort(lines, 1, 2, Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));
        return stream with { Text = string.Join('\n', lines) };
    }

    private string Script(string body)
    {
        Needs.Namespaces();
        string path = Path.Combine(_directory.FullName, "daemon");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
