namespace RexecConformance.Running;

/// <summary>What to run and how.</summary>
public sealed record RunOptions
{
    /// <summary>Variants driven at once, those with waiting in them aside.</summary>
    public int Jobs { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Variants with waiting in them (time-outs, PAM's delay) driven at once.</summary>
    public int TimedJobs { get; init; } = 48;

    /// <summary>Most wrong passwords sent to a target that is not on loopback.</summary>
    public int MaxBadLogins { get; init; } = 2;

    /// <summary>Most connections a minute to a target that is not on loopback; inetd stops a service after 256.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>Whether the target is tried with a plain handshake before and after.</summary>
    public bool Canary { get; init; } = true;

    /// <summary>The part of the variants that is driven, or null for all of them.</summary>
    public ShardedScenarios? Shard { get; init; }
}
