namespace RexecConformance.Containers;

/// <summary>Removes what runs have left behind, and nothing else.</summary>
public static class Sweep
{
    /// <summary>Removes the containers of runs whose process has ended (killed, for one); never a live run's.</summary>
    /// <returns>What was removed.</returns>
    public static async Task<IReadOnlyList<FoundContainer>> LeftoversAsync(IContainerHost host, CancellationToken cancel)
    {
        var gone = (await host.ListAsync(cancel)).Where(found => RunOwner.FromLabels(found.Labels)?.IsGone() == true).ToList();
        await Task.WhenAll(gone.Select(found => host.RemoveAsync(found.Id, cancel)));
        return gone;
    }

    /// <summary>Whether a container's run is still going on, as far as this machine can see.</summary>
    public static bool IsLive(FoundContainer found) => RunOwner.FromLabels(found.Labels)?.IsGone() != true;
}
