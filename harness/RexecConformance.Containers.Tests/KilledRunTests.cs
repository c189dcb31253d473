using System.Diagnostics;

namespace RexecConformance.Containers.Tests;

/// <summary>Runs in processes of their own: killed, or side by side.</summary>
[Trait("needs", "docker")]
[Collection(Hosts.OneByOne)]
public class KilledRunTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // A run on the reference server takes many seconds, as the slow scenarios wait.
    private static readonly TimeSpan s_amidst = TimeSpan.FromSeconds(1.5);
    private static readonly CancellationToken s_none = CancellationToken.None;

    public static TheoryData<string> All => Hosts.All;

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task WhatAKilledRunLeavesIsGoneAfterTheNextStart(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        _ = await Hosts.ReferenceImageAsync(host);
        using Process killed = StartRun(kind);
        using Process beside = StartRun(kind);
        try
        {
            FoundContainer doomed = await ContainerOfAsync(host, killed);
            FoundContainer kept = await ContainerOfAsync(host, beside);
            Assert.DoesNotContain(await Sweep.LeftoversAsync(host, s_none), c => c.Id == doomed.Id || c.Id == kept.Id);

            killed.Kill();
            await killed.WaitForExitAsync();
            Assert.True(await host.IsRunningAsync(doomed.Id, s_none), "a killed process cannot clear away");

            using Process next = StartRun(kind);
            _ = await ContainerOfAsync(host, next);
            Assert.False(await host.IsRunningAsync(doomed.Id, s_none));
            Assert.True(await host.IsRunningAsync(kept.Id, s_none), "the run beside is another's");
            await InterruptAsync(next);
        }
        finally
        {
            await InterruptAsync(beside);
        }

        Assert.DoesNotContain(await host.ListAsync(s_none), c => RunOwner.FromLabels(c.Labels)?.ProcessId == beside.Id);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task AnEngineThatGoesAwayIsOneLineAndExitCodeThree(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        _ = await Hosts.ReferenceImageAsync(host);
        await using var engine = EngineRelay.Start();
        using Process run = StartRun(kind, ("DOCKER_HOST", engine.Host));
        FoundContainer left = await ContainerOfAsync(host, run);
        await Task.Delay(s_amidst);
        await engine.DisposeAsync();
        await AssertOneLineAsync(run, "engine");

        // Its container answers still; what else runs here may have swept it already.
        _ = await Sweep.LeftoversAsync(host, s_none);
        Assert.False(await host.IsRunningAsync(left.Id, s_none));
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task AContainerThatIsTakenAwayIsOneLineAndExitCodeThree(string kind)
    {
        IContainerHost host = await Hosts.OpenAsync(kind);
        _ = await Hosts.ReferenceImageAsync(host);
        using Process run = StartRun(kind);
        FoundContainer doomed = await ContainerOfAsync(host, run);
        await Task.Delay(s_amidst);
        await host.RemoveAsync(doomed.Id, s_none);
        await AssertOneLineAsync(run, "its container ended");
    }

    [SkippableFact]
    public async Task WithoutAnEngineThereIsOneLineAndExitCodeThree()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: the engine's socket");
        foreach (string kind in Hosts.Names)
        {
            using Process run = StartRun(kind, ("DOCKER_HOST", "unix:///nonexistent/engine.sock"));
            await AssertOneLineAsync(run, "engine");
        }
    }

    private static async Task AssertOneLineAsync(Process run, string word)
    {
        Task<string> errors = run.StandardError.ReadToEndAsync();
        string output = await run.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await run.WaitForExitAsync().WaitAsync(s_patience);
        string all = output + await errors;
        Assert.True(run.ExitCode == 3, $"exit code {run.ExitCode}: {all}");
        Assert.Single(all.Split('\n'), line => line.Contains(word, StringComparison.Ordinal));
    }

    // The slow scenarios: a run that is still going on when it is looked at.
    private static Process StartRun(string kind, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll"), "run", "--slow", "--target", $"container:reference,host={kind}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<FoundContainer> ContainerOfAsync(IContainerHost host, Process run)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_patience && !run.HasExited)
        {
            if ((await host.ListAsync(s_none)).FirstOrDefault(c => RunOwner.FromLabels(c.Labels)?.ProcessId == run.Id && c.State == "running") is { } found)
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException(run.HasExited ? "the run ended: " + await run.StandardError.ReadToEndAsync() : "the run started no container");
    }

    private static async Task InterruptAsync(Process run)
    {
        if (!run.HasExited)
        {
            using Process kill = Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        await run.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(130, run.ExitCode);
    }
}
