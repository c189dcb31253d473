using RexecConformance.Cli.Tests.Support;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Servers;

/// <summary>Looks at the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

/// <summary>After a run no socket is left: no connection, no port that listens for the auxiliary connection.</summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)]
public sealed class NothingLeftTest
{
    [SkippableTheory]
    [InlineData("serves")]
    [InlineData("closes")]
    [InlineData("resets")]
    [InlineData("leaves early")]
    public async Task Of_sockets(string how)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /proc/self/fd");
        _ = await RunAsync(how); // what the runtime opens once and keeps

        // A socket that was forgotten is closed by the collector some day: not before the count of what was there, nor
        // between a run and the count of what it left. So the collector goes first, and nothing is waited for.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        int before = Sockets();
        Assert.NotEmpty((await RunAsync(how)).Results);
        Assert.InRange(Sockets(), 0, before);
    }

    private static async Task<TargetResult> RunAsync(string how)
    {
        await using var server = new BadServer(async (client, stop) =>
        {
            if (how == "resets")
            {
                client.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            }
            else if (how == "leaves early")
            {
                await Task.Delay(-1, stop);
            }
        });

        // A real one connects back, so that ports are lent and taken back.
        await using Rexecd.RexecServer real = Rexecd.RexecServer.Start(new Rexecd.RexecServerOptions());
        string address = how == "serves" ? $"{real.EndPoint}" : server.Address;
        await using TcpTarget target = await TcpTarget.OpenAsync(
            "tcp:" + address, address, new TargetProfile { Dialect = "bsd44" }, CancellationToken.None);

        // The harness leaves early: an interrupt while all wait for an answer.
        using var cancel = new CancellationTokenSource();
        if (how == "leaves early")
        {
            cancel.CancelAfter(500);
        }

        List<Variant> some = [.. Suite.Variants().Where(v => !v.Scenario.IsTimed && v.Fragmentation is WholeFragmentation)];
        TargetResult result = await Suite.RunAsync(target, some, new RunOptions { Jobs = 64, Canary = false }, cancel: cancel.Token);
        Assert.Equal(how == "leaves early" ? "interrupted" : null, result.Failure);
        return result;
    }

    private static int Sockets() => new DirectoryInfo("/proc/self/fd").GetFileSystemInfos()
        .Count(entry => entry.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
