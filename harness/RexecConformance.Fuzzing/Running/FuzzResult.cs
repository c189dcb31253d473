using RexecConformance.Fuzzing.Finds;

namespace RexecConformance.Fuzzing.Running;

/// <summary>How often a reply of a dialect was reached; 0 is never.</summary>
public sealed record ReplyCoverage(string Dialect, string Reply, long Count);

/// <summary>What a run came to; all that a summary or a result file says.</summary>
public sealed record FuzzResult
{
    /// <summary>The targets, and what each was judged by.</summary>
    public required IReadOnlyList<(string Target, string Dialect)> Targets { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of the first case of this call, and the number behind the last that is done.</summary>
    public required (long From, long To) Numbers { get; init; }

    /// <summary>Cases of the generator that were asked.</summary>
    public required long Cases { get; init; }

    /// <summary>All that was asked: the corpus and what finds cost included.</summary>
    public required long Asked { get; init; }

    /// <summary>Seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds until no more cases were begun, and the cases that were done by then; null is those of the whole run.</summary>
    public (double Seconds, long Cases)? Begun { get; init; }

    /// <summary>Outcomes that are not alike.</summary>
    public required int Distinct { get; init; }

    /// <summary>Cases that were not sent, since a real shell might have run something.</summary>
    public required long Withheld { get; init; }

    /// <summary>Symptoms that did not show again.</summary>
    public required long NotRepeated { get; init; }

    /// <summary>The kinds of those, at most a few.</summary>
    public IReadOnlyList<string> Fleeting { get; init; } = [];

    /// <summary>Differences that the dialects explain.</summary>
    public required long KnownDifferences { get; init; }

    /// <summary>One find of each kind, in the order in which they were found.</summary>
    public required IReadOnlyList<FuzzFind> Finds { get; init; }

    /// <summary>The replies of all dialects.</summary>
    public required IReadOnlyList<ReplyCoverage> Replies { get; init; }

    /// <summary>Why it ended before its bounds: a target that went away, a fault of the suite; null if it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>True if <see cref="Failure"/> is a fault of the suite itself.</summary>
    public bool OwnFault { get; init; }

    /// <summary>True if it was interrupted.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The corpus folder.</summary>
    public required string Corpus { get; init; }

    /// <summary>Cases a second while cases were begun; looks at the servers in between count.</summary>
    public double Rate => (Begun?.Cases ?? Cases) / Math.Max(0.001, Begun?.Seconds ?? Seconds);
}
