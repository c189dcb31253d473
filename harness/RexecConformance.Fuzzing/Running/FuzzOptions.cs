namespace RexecConformance.Fuzzing.Running;

/// <summary>How a run is bounded and what it takes for a find.</summary>
public sealed record FuzzOptions
{
    /// <summary>The seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of the first case.</summary>
    public long First { get; init; }

    /// <summary>The number behind the last case; null is no bound.</summary>
    public long? End { get; init; }

    /// <summary>No case is begun after this time.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Cases under way at once, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Most cases a second; 0 is no bound.</summary>
    public double Rate { get; init; }

    /// <summary>The run ends when it has found so many kinds.</summary>
    public int MaxFinds { get; init; } = 100;

    /// <summary>Differences between two dialects that are known count as finds too.</summary>
    public bool ReportKnown { get; init; }

    /// <summary>Every so many cases, one is asked in other segments too; 0 is never.</summary>
    public int RecutEvery { get; init; } = 16;

    /// <summary>The time after which the servers themselves are looked at first; it grows fourfold up to <see cref="HealthLatest"/>.</summary>
    public TimeSpan HealthFirst { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest time between two looks at the servers.</summary>
    public TimeSpan HealthLatest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long finds may still be made smaller when the time is over.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The command that asks a find again, given its targets and the path of its file.</summary>
    public Func<FuzzLane, string, string> Command { get; init; } = (_, path) => $"rexec-conformance fuzz --replay {path}";

    /// <summary>The targets as the person wrote them, for the state of a resumed run.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
}
