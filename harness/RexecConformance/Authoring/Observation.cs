using System.Net;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Authoring;

/// <summary>One variant that was driven.</summary>
/// <param name="Whole">True if each run of bytes was one segment.</param>
/// <param name="Transcript">What came.</param>
public sealed record ObservedVariant(bool Whole, Transcript Transcript);

/// <summary>Drives a scenario on a target to see what comes, with no expectation.</summary>
public static class Observation
{
    // What comes twice alike may be chance, three times hardly. A machine that is somebody's is asked once with a wrong password.
    private const int Times = 3;

    // What is still open then is open: a server that says nothing more has had time for a login, PAM's delay included.
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(5);

    private const int MostBytes = 1024 * 1024;

    /// <summary>Drives all its variants, each several times.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="target">The target, started.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="DraftException">It can't be driven on this target.</exception>
    public static async Task<IReadOnlyList<ObservedVariant>> DriveAsync(Scenario scenario, ITarget target, CancellationToken cancel)
    {
        if (TargetContext.WithShell(scenario, target.Shell) is not { } inShell)
        {
            throw new DraftException($"--observe: the shell '{target.Shell.Name}' of {target.Name} has no text for the operation: name the command itself");
        }

        if (scenario.Accounts.FirstOrDefault(key => TargetContext.Find(target, key) is null) is { } missing)
        {
            throw new DraftException($"--observe: {target.Name} has no account '{missing}'");
        }

        if (scenario.Needs.FirstOrDefault(need => !target.Capabilities.Contains(need)) is { } lacking)
        {
            throw new DraftException($"--observe: {target.Name} lacks '{lacking}'");
        }

        IPEndPoint server = await target.EndPointAsync(scenario.Network, scenario.Setup, cancel)
            ?? throw new DraftException($"--observe: {target.Name} does not listen on this network protocol");
        bool once = !target.IsLoopback && BadLogins.Sends(scenario);
        using var pool = new AuxListenerPool();
        var seen = new List<ObservedVariant>();
        foreach (Fragmentation fragmentation in once ? scenario.Fragments.Take(1) : scenario.Fragments)
        {
            for (int i = 0; i < (once ? 1 : Times); i++)
            {
                seen.Add(await OneAsync(inShell, fragmentation, target, server, pool, cancel));
            }
        }

        return seen;
    }

    private static async Task<ObservedVariant> OneAsync(
        Scenario scenario, Fragmentation fragmentation, ITarget target, IPEndPoint server, AuxListenerPool pool, CancellationToken cancel)
    {
        AuxListener? aux = scenario.Aux.Mode == AuxMode.None ? null : await pool.LendAsync(target.AuxAddress(server.AddressFamily), scenario.Aux, cancel);
        try
        {
            IReadOnlyList<WireStep> steps = new Variant(scenario, fragmentation).Expand(new TargetContext(target, aux?.Port ?? 0));
            StreamWait wait = StreamWait.ForEnd with { Within = s_within, Bytes = MostBytes };
            Transcript transcript = await ExchangeDriver.DriveAsync(
                server, new Exchange(steps, wait, scenario.AsksForAux ? wait : StreamWait.ForNothing), aux, cancel);
            return transcript.SegmentProof == SegmentProof.Merged
                ? throw new DraftException("--observe: fragments were merged into one segment on the way: drive it again")
                : new ObservedVariant(steps.Count(step => step is Send { Stream: StreamName.Primary }) <= 1, transcript);
        }
        finally
        {
            aux?.Dispose();
        }
    }
}
