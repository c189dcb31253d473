using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>What a find is made into a scenario with.</summary>
public sealed record Promotion
{
    /// <summary>The id, a slug.</summary>
    public required string Id { get; init; }

    /// <summary>One line that an administrator of rexec understands.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about, or null.</summary>
    public string? Story { get; init; }

    /// <summary>The command line that finds it again.</summary>
    public required string Command { get; init; }

    /// <summary>Day of the run, UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The smallest case that shows it.</summary>
    public required FuzzCase Case { get; init; }

    /// <summary>What each target answered to it.</summary>
    public required IReadOnlyList<PromotedReply> Replies { get; init; }

    /// <summary>All dialects, by name.</summary>
    public required IReadOnlyDictionary<string, Dialect> Dialects { get; init; }

    /// <summary>The harness's reading of a dialect.</summary>
    public required Func<Dialect, IPredictor> Predictor { get; init; }

    /// <summary>The accounts of the targets.</summary>
    public required AccountFile Accounts { get; init; }

    /// <summary>The ids that <c>requires</c> may name.</summary>
    public required IReadOnlySet<string> Requirements { get; init; }
}

/// <summary>What one target answered.</summary>
/// <param name="Target">As it was written.</param>
/// <param name="Dialect">The dialect that it claims to be.</param>
/// <param name="Server">The server with its version, or null.</param>
/// <param name="Outcome">The answer.</param>
public sealed record PromotedReply(string Target, string Dialect, string? Server, FuzzOutcome Outcome)
{
    /// <summary>
    /// True if a daemon answered that a dialect describes, from a container or its package: where it differs from what the dialect
    /// says, it is right. At <c>tcp:</c> is whatever a person fuzzes.
    /// </summary>
    public bool IsDaemon => Begins("container:") || Begins("recorded:") || (Begins("inetd:") && Server is not null);

    /// <summary>True if its commands reached a shell.</summary>
    public bool RealShell => !Begins("reference") && !Begins("memory");

    private bool Begins(string kind) => Target.StartsWith(kind, StringComparison.Ordinal);
}

/// <summary>A find that the scenario format can't say.</summary>
/// <param name="message">One line.</param>
public sealed class PromotionException(string message) : Exception(message);
