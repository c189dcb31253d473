using RexecConformance.Captures.Showing;
using RexecConformance.Dialects;

namespace RexecConformance.Captures.Guessing;

/// <summary>One thing that speaks for or against a dialect.</summary>
/// <param name="Property">The property of the dialect's file, or <c>diagnostics.CAUSE</c>.</param>
/// <param name="Seen">What the capture shows.</param>
/// <param name="Stated">What the file states.</param>
/// <param name="Agreement">How the two stand to each other.</param>
/// <param name="Distinguishes">True when it contradicts at least one dialect, so that it tells dialects apart.</param>
/// <param name="Basis">The file's own evidence for what it states.</param>
/// <param name="Frame">The frame that shows it.</param>
public sealed record Evidence(string Property, string Seen, string Stated, Agreement Agreement, bool Distinguishes, Basis Basis, int Frame);

/// <summary>One dialect and all that the conversation shows of it.</summary>
/// <param name="Dialect">Its name.</param>
/// <param name="Evidence">In the order of the conversation's parts; what the dialect's file says nothing about is not there.</param>
public sealed record DialectMatch(string Dialect, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>How many things contradict it.</summary>
    public int Contradictions => Evidence.Count(one => one.Agreement == Agreement.Contradicts);

    /// <summary>How many things agree with it.</summary>
    public int Agreements => Evidence.Count(one => one.Agreement == Agreement.Agrees);

    /// <summary>How well it accounts for what tells dialects apart: 2 for each thing that it states, 1 for each that it allows.</summary>
    public int Score => Evidence.Where(one => one.Distinguishes).Sum(one => (int)one.Agreement);
}

/// <summary>Which dialects a conversation's server may speak.</summary>
/// <param name="Ranked">All dialects, the likeliest first: fewest contradictions, then best account of what tells dialects apart.</param>
public sealed record DialectGuess(IReadOnlyList<DialectMatch> Ranked)
{
    /// <summary>True when nothing in the conversation contradicts any dialect.</summary>
    public bool Any => Ranked.All(match => match.Contradictions == 0);

    /// <summary>The dialects that nothing contradicts and that account equally well, and best, for what was seen.</summary>
    public IReadOnlyList<DialectMatch> Likely =>
        [.. Ranked.Where(match => match.Contradictions == 0 && (Any || match.Score == Ranked[0].Score))];

    /// <summary>The dialects that nothing contradicts, but that say nothing of some of what was seen.</summary>
    public IReadOnlyList<DialectMatch> Possible => [.. Ranked.Where(match => match.Contradictions == 0).Except(Likely)];

    /// <summary>Compares a conversation with dialects.</summary>
    /// <param name="conversation">Any.</param>
    /// <param name="dialects">All that come into question.</param>
    public static DialectGuess Of(Conversation conversation, IReadOnlyCollection<Dialect> dialects) =>
        Of(conversation, dialects, Concealment.Of(conversation, new ShowOptions()));

    internal static DialectGuess Of(Conversation conversation, IReadOnlyCollection<Dialect> dialects, Concealment hidden)
    {
        var matches = dialects.ToDictionary(dialect => dialect.Name, _ => new List<Evidence>());
        foreach (var sighting in Sightings.Of(conversation, dialects, hidden))
        {
            var claims = dialects.Select(dialect => (dialect.Name, Claim: sighting.Judge(dialect))).Where(one => one.Claim is not null).ToList();
            var distinguishes = claims.Any(one => one.Claim!.Agreement == Agreement.Contradicts);
            foreach (var (name, claim) in claims)
            {
                matches[name].Add(new Evidence(
                    sighting.Property, sighting.Seen, claim!.Stated, claim.Agreement, distinguishes, claim.Basis, sighting.Frame));
            }
        }

        return new DialectGuess([.. matches
            .Select(match => new DialectMatch(match.Key, match.Value))
            .OrderBy(match => match.Contradictions)
            .ThenByDescending(match => match.Score)
            .ThenByDescending(match => match.Agreements)
            .ThenBy(match => match.Dialect, StringComparer.Ordinal)]);
    }
}
