using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;

namespace RexecConformance.Reports.Results;

/// <summary>
/// The results of <c>run</c> or <c>compare</c>. All reports are made from this, whether the run has just ended or its JSON
/// result was read again.
/// </summary>
public sealed record ReportedRun
{
    /// <summary>The version of the suite.</summary>
    public required string Suite { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How many variants the filter let through, for each target; a shard has fewer cases.</summary>
    public required int Variants { get; init; }

    /// <summary>Which part of a run this is, <c>I/N</c>, or null for a whole one.</summary>
    public string? Shard { get; init; }

    /// <summary>
    /// A short hash of the names of these variants, in order: shards of one run have the same. Empty where it is not known.
    /// </summary>
    public string Selection { get; init; } = "";

    /// <summary>True if passwords were asked for and are not hidden.</summary>
    public bool ShowsPasswords { get; init; }

    /// <summary>The requirements that cases name, by id.</summary>
    public required IReadOnlyDictionary<string, Requirement> Requirements { get; init; }

    /// <summary>The targets, in the order in which they were named.</summary>
    public required IReadOnlyList<ReportedTarget> Targets { get; init; }

    /// <summary>The exit code of the run.</summary>
    public required int ExitCode { get; init; }

    /// <summary>All cases of all targets.</summary>
    public IEnumerable<ReportedCase> Cases => Targets.SelectMany(target => target.Cases);
}

/// <summary>The results on one target.</summary>
public sealed record ReportedTarget
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The dialect that it was judged by.</summary>
    public required string Dialect { get; init; }

    /// <summary>In the order of the scenarios.</summary>
    public required IReadOnlyList<ReportedCase> Cases { get; init; }

    /// <summary>Why the target could not be judged to the end (one line), or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Wall time for all variants without waiting in them.</summary>
    public double TimelessMilliseconds { get; init; }

    /// <summary>How many those were.</summary>
    public int Timeless { get; init; }

    /// <summary>Dialects that a red target fits better than the one it was judged by, the best first.</summary>
    public IReadOnlyList<DialectGuess> Guesses { get; init; } = [];

    /// <summary>Of a shard: how well it fits each other dialect, so that the guesses of the whole run can be made; else empty.</summary>
    public IReadOnlyList<DialectGuess> Fits { get; init; } = [];

    /// <summary><c>TARGET as DIALECT</c>.</summary>
    public string Name => $"{Target} as {Dialect}";

    /// <summary>How many variants had this verdict.</summary>
    public int Count(Verdict verdict) => Cases.Count(one => one.Verdict == verdict);

    /// <summary>The cases by name, in their order.</summary>
    /// <exception cref="InvalidDataException">Two have the same name; the message says which.</exception>
    public Dictionary<string, ReportedCase> ByName()
    {
        var cases = new Dictionary<string, ReportedCase>();
        foreach (ReportedCase one in Cases)
        {
            if (!cases.TryAdd(one.Name, one))
            {
                throw new InvalidDataException($"the results hold {one.Name} on {Name} twice");
            }
        }

        return cases;
    }
}
