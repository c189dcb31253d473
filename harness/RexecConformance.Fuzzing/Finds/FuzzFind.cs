namespace RexecConformance.Fuzzing.Finds;

/// <summary>What one target did with the smallest case of a find, beside what its dialect demands.</summary>
/// <param name="Target">The target as the person wrote it.</param>
/// <param name="Dialect">The dialect that it claims to be.</param>
/// <param name="Outcome">What it did; without the transcript once it comes from a file.</param>
/// <param name="Reply">The reply that its dialect demands, a slug.</param>
/// <param name="Prediction">What its dialect demands, in words.</param>
public sealed record FindSide(string Target, string Dialect, FuzzOutcome Outcome, string Reply, string Prediction)
{
    /// <summary>The whole exchange, where sockets were used and the find does not come from a file.</summary>
    public Transcripts.Transcript? Transcript { get; init; }
}

/// <summary>Something that a run found: the first case that showed it, and the smallest that still does.</summary>
public sealed record FuzzFind
{
    /// <summary>The name of the kind, a slug: finds with the same name are the same find. Also the name of the file.</summary>
    public required string Kind { get; init; }

    /// <summary>What is wrong, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Why it is wrong: <c>trouble</c>, <c>prediction</c>, <c>early</c>, <c>vocabulary</c>, <c>difference</c> or <c>fragmentation</c>.</summary>
    public required string Oracle { get; init; }

    /// <summary>Which of <see cref="Sides"/> is wrong; of a difference the second.</summary>
    public required int Guilty { get; init; }

    /// <summary>The case that showed it first.</summary>
    public required FuzzCase Case { get; init; }

    /// <summary>The smallest case that shows it.</summary>
    public required FuzzCase Smallest { get; init; }

    /// <summary>False if there was no time to make it smaller; a run that goes on does so first.</summary>
    public bool Shrunk { get; init; }

    /// <summary>The bytes that the smallest case sends on the primary connection.</summary>
    public required byte[] Request { get; init; }

    /// <summary>The targets and what they did with the smallest case.</summary>
    public required IReadOnlyList<FindSide> Sides { get; init; }

    /// <summary>The seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How often it showed, and how often it was asked for, before it was made smaller.</summary>
    public (int Shown, int Asked) Repeats { get; init; } = (1, 1);

    /// <summary>The command that asks the smallest case again.</summary>
    public required string Command { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>The version of the suite.</summary>
    public required string Suite { get; init; }
}
