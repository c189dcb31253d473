using System.Diagnostics;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Inetd;

namespace RexecConformance.Tests.Inetd;

/// <summary>These look at the whole process or machine, so nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "inetd, alone";
}

[Trait("needs", "daemon")]
[Collection(AloneCollection.Name)]
public sealed class HostLifeTests
{
    [SkippableFact]
    public async Task Fifty_sessions_run_side_by_side()
    {
        Needs.DebianDaemon();
        await using InetdHost host = await InetdHost.StartAsync(Needs.Daemon, [], AccountFile.Default);
        long start = Stopwatch.GetTimestamp();
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => i % 2 == 0
            ? Client.Send(host.IPv4EndPoint, "good", "secret", $"sleep 1; echo {i}")
            : Client.Send(host.IPv4EndPoint, "victim", "wrong", "true")));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1, 6);
        for (int i = 0; i < replies.Length; i++)
        {
            Assert.Equal(new Stream(i % 2 == 0 ? $"\0{i}\n" : "", "FIN"), replies[i].Primary);
        }
    }

    [SkippableFact]
    public async Task Three_hundred_sessions_leave_nothing_behind()
    {
        Needs.DebianDaemon();
        await using InetdHost host = await InetdHost.StartAsync(Needs.Daemon, [], AccountFile.Default);
        await Sessions(host, 20);
        (int Descriptors, int Threads, int Children) before = await Count(host);
        await Sessions(host, 300);
        (int Descriptors, int Threads, int Children) after = await Count(host);
        Assert.InRange(after.Children, 0, before.Children);
        Assert.InRange(after.Descriptors, 0, before.Descriptors + 2); // the runtime opens some of its own now and then
        Assert.InRange(after.Threads, 0, before.Threads + 4); // pool threads come and go
        Assert.Empty(host.Crashes);

        static async Task Sessions(InetdHost host, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Reply reply = await Client.SendWithAuxiliary(host.IPv4EndPoint, "good", "secret", "echo out");
                Assert.Equal(new Stream("\0out\n", "FIN"), reply.Primary);
            }
        }

        static async Task<(int Descriptors, int Threads, int Children)> Count(InetdHost host)
        {
            await Until(() => host.Running == 0);
            return (Directory.GetFiles("/proc/self/fd").Length, Directory.GetDirectories("/proc/self/task").Length, Machine.ChildrenOf(Environment.ProcessId).Count);
        }
    }

    [SkippableFact]
    public async Task Disposal_ends_all_that_runs_within_a_second()
    {
        Needs.DebianDaemon();
        InetdHost host = await InetdHost.StartAsync(Needs.Daemon, [], AccountFile.Default);
        string space = Machine.MountNamespaceOf(host.HolderId)!;

        // One that is in PAM's delay, one that waits for its request, one that runs, one job whose shell has ended, one
        // with a session of its own.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(host.IPv4EndPoint);
        Task<Reply> refused = Client.Send(host.IPv4EndPoint, "victim", "wrong", "true");
        Task<Reply> running = Client.Send(host.IPv4EndPoint, "good", "secret", "sleep 60");
        Task<Reply> jobs = Client.Send(host.IPv4EndPoint, "good", "secret", "sleep 60 & setsid sleep 60 & echo out");
        await Task.Delay(500);
        Assert.InRange(Machine.ProcessesOf(space).Count, 7, 8); // the holder and its cat, three daemons, two jobs; perhaps a shell over its sleep
        Assert.Equal(3, host.Running);

        long start = Stopwatch.GetTimestamp();
        await host.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 1);
        await Until(() => Machine.ProcessesOf(space).Count == 0);
        Assert.Empty(host.Crashes); // what we end is no crash
        await Task.WhenAll(refused, running, jobs);
        await Assert.ThrowsAsync<SocketException>(() => Client.Send(host.IPv4EndPoint, "good", "secret", "true"));
        await host.DisposeAsync(); // once more is harmless
    }

    [SkippableFact]
    public async Task The_machine_is_the_same_before_during_and_after()
    {
        Needs.DebianDaemon();

        // Other programs write to /tmp too: what we left there would be left at every attempt.
        string before = "";
        string after = "x";
        for (int attempt = 0; attempt < 5 && before != after; attempt++)
        {
            before = Machine.Fingerprint();
            await using (InetdHost host = await InetdHost.StartAsync(Needs.Daemon, [], AccountFile.Default))
            {
                await Client.Send(host.IPv4EndPoint, "good", "secret", "touch /tmp/rexec-test-file ~/rexec-test-file");
                await Client.Send(host.IPv4EndPoint, "root", "secret", "touch /tmp/rexec-root-file /etc/rexec-root-file ~/rexec-root-file /dev/shm/rexec-root-file");
                Assert.False(File.Exists("/tmp/rexec-test-file") || File.Exists("/tmp/rexec-root-file"));
                Assert.False(File.Exists("/etc/rexec-root-file") || File.Exists("/root/rexec-root-file") || File.Exists("/dev/shm/rexec-root-file"));
                Assert.False(Directory.Exists("/home/good"));
            }

            after = Machine.Fingerprint();
        }

        Assert.Equal(before, after);
    }

    internal static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 300 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition(), "not reached within 3 s");
    }
}
