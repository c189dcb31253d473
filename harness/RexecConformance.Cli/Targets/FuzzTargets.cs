using System.Net.Sockets;
using RexecConformance.Containers.Targets;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Targets;

/// <summary>Opens the targets of the verb <c>fuzz</c>.</summary>
internal static class FuzzTargets
{
    // A server of ours in this process has nothing to spare; a daemon costs a process for each connection.
    private const int AtOnceInProcess = 1024;
    private const int AtOnceOfProcesses = 64;

    // Processes have to be started, in a container behind a bridge; a machine elsewhere is further still.
    private static readonly TimeSpan s_quietInProcess = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_quietInProcessWithFew = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_quietOfProcesses = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_quietElsewhere = TimeSpan.FromSeconds(4);

    /// <inheritdoc cref="OpenAsync(PlannedTarget, Fixtures, FuzzTargetsReach, CancellationToken)"/>
    public static Task<IFuzzTarget> OpenAsync(PlannedTarget planned, Fixtures fixtures, CancellationToken cancel) =>
        OpenAsync(planned, fixtures, new FuzzTargetsReach(), cancel);

    /// <summary>Starts or reaches a target, in memory or over sockets.</summary>
    /// <param name="planned">The target and the dialect that it is judged by.</param>
    /// <param name="fixtures">Accounts and commands that a server of ours is to have.</param>
    /// <param name="reach">What may be done to a machine that may be somebody's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TargetSpecException">It is written wrongly, can't be fuzzed, or is somebody's machine.</exception>
    /// <exception cref="TargetStartException">It did not start, or does not serve.</exception>
    public static async Task<IFuzzTarget> OpenAsync(PlannedTarget planned, Fixtures fixtures, FuzzTargetsReach reach, CancellationToken cancel)
    {
        TargetSpec spec = planned.Spec;
        if (spec.Kind == "memory")
        {
            return MemoryTarget.Start(spec, spec.Argument.Length > 0 ? spec.Argument : planned.Dialect, fixtures);
        }

        if (spec.Kind == "recorded")
        {
            throw new TargetSpecException($"target '{spec.Text}': a baseline answers only what was recorded: it can't be fuzzed");
        }

        IReadOnlyDictionary<string, Dialect> dialects = reach.Dialects ?? ScenarioFolder.Read(null).Tree.Dialects;
        if (!dialects.TryGetValue(planned.Dialect, out Dialect? dialect))
        {
            throw new TargetSpecException($"target '{spec.Text}': there is no dialect '{planned.Dialect}', expected one of: {string.Join(", ", dialects.Keys)}");
        }

        ITarget target = await TargetOpener.OpenAsync(planned, fixtures, cancel);
        try
        {
            return await SocketTarget.OpenAsync(target, dialect, await OptionsAsync(spec, target, reach, cancel), cancel);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    private static async Task<SocketTargetOptions> OptionsAsync(TargetSpec spec, ITarget target, FuzzTargetsReach reach, CancellationToken cancel)
    {
        bool elsewhere = !target.IsLoopback;
        if (elsewhere && !reach.OwnsTarget)
        {
            throw new TargetSpecException(
                $"target '{spec.Text}' is neither on loopback nor a container of ours: a fuzzer may harm it, so say --i-own-this-target if it is yours to harm");
        }

        return new SocketTargetOptions
        {
            RealShell = spec.Kind != "reference" || ReferenceOptions.Read(spec).RealShells,
            Harmless = (fuzzCase, context) => HarmlessCommands.Safe(fuzzCase, context, target.Shell),
            AtOnce = elsewhere ? 1 : target is ReferenceTarget ? AtOnceInProcess : AtOnceOfProcesses,
            Quiet = elsewhere ? s_quietElsewhere : target is ReferenceTarget ? s_quietInProcess : s_quietOfProcesses,
            QuietWithFew = target is ReferenceTarget ? s_quietInProcessWithFew : null,
            PerMinute = elsewhere ? reach.PerMinute : 0,
            Most = elsewhere ? reach.Most : 0,
            Leftovers = await LeftoversAsync(target, cancel),
        };
    }

    private static async Task<ILeftovers?> LeftoversAsync(ITarget target, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        return target switch
        {
            InetdTarget inetd => new ProcessLeftovers(inetd.HolderId, server: null),
            ReferenceProcessTarget process => new ProcessLeftovers(process.ServerId, process.ServerId),
            ContainerTarget container => new SocketContainerLeftovers(container.Container),
            ReferenceTarget => await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, cancel) is { } end ? new OwnLeftovers(end.Port) : null,
            _ => null,
        };
    }
}
