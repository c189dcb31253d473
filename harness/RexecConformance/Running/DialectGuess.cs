using System.Globalization;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Running;

/// <summary>How well the transcripts of a run fit a dialect.</summary>
/// <param name="Dialect">The dialect's name.</param>
/// <param name="Differences">Variants in which the server was not as the dialect says.</param>
/// <param name="Judged">Variants about which the dialect says something.</param>
/// <param name="Explained">Variants that were red, and are just as this dialect says: one of which little is known agrees with all servers.</param>
public sealed record DialectGuess(string Dialect, int Differences, int Judged, int Explained)
{
    /// <summary>
    /// The dialects that a red target fits better than the one it was judged by, the best first; empty if there is none.
    /// Nothing is driven: the transcripts are judged again.
    /// </summary>
    /// <param name="result">A run.</param>
    /// <param name="target">The target that was driven: its accounts fill in the places.</param>
    /// <param name="tree">The dialects.</param>
    public static IReadOnlyList<DialectGuess> Of(TargetResult result, ITarget target, ScenarioTree tree)
    {
        int red = Driven(result).Count(r => r.Verdict is not Verdict.Pass);
        return red == 0 ? [] : Best(All(result, target, tree), red);
    }

    /// <summary>How well what came fits each other dialect, good or bad. These of the shards of a run add up to those of the run.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static IReadOnlyList<DialectGuess> All(TargetResult result, ITarget target, ScenarioTree tree)
    {
        List<VariantResult> driven = [.. Driven(result)];
        return [.. tree.Dialects.Values.Where(dialect => dialect.Name != result.Dialect).Select(dialect => Judge(driven, dialect, target))];
    }

    /// <summary>Those that fit better than the dialect that a target was judged by, the best first.</summary>
    /// <param name="all">All other dialects.</param>
    /// <param name="red">How many variants were driven and did not come out as the target's dialect says.</param>
    public static IReadOnlyList<DialectGuess> Best(IEnumerable<DialectGuess> all, int red)
    {
        List<DialectGuess> better = [.. all
            .Where(guess => guess.Explained > 0 && guess.Differences < red)
            .OrderByDescending(guess => guess.Explained - guess.Differences)
            .ThenBy(guess => guess.Differences)
            .ThenByDescending(guess => guess.Judged)
            .ThenBy(guess => guess.Dialect, StringComparer.Ordinal)];
        return [.. better.TakeWhile(guess => (guess.Differences, guess.Explained) == (better[0].Differences, better[0].Explained))];
    }

    /// <summary>One line for people about dialects that fit equally well: <c>fits netbsd or bsd44: 0 differences in 540 to 548 variants</c>.</summary>
    public static string Line(IReadOnlyList<DialectGuess> guesses)
    {
        int differences = guesses[0].Differences;
        (int least, int most) = (guesses.Min(guess => guess.Judged), guesses.Max(guess => guess.Judged));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"fits {Names(guesses)}: {differences} {(differences == 1 ? "difference" : "differences")} in {least}{(least == most ? "" : $" to {most}")} variants");
    }

    /// <summary>Whether a result counts: it was driven, and as expected or not, whatever it is blocked by.</summary>
    private static IEnumerable<VariantResult> Driven(TargetResult result) =>
        result.Results.Where(r => r.Transcript is not null && r.Verdict is Verdict.Pass or Verdict.Fail or Verdict.Blocked);

    private static string Names(IReadOnlyList<DialectGuess> guesses) => guesses.Count == 1
        ? guesses[0].Dialect
        : $"{string.Join(", ", guesses.SkipLast(1).Select(guess => guess.Dialect))} or {guesses[^1].Dialect}";

    private static DialectGuess Judge(List<VariantResult> driven, Dialect dialect, ITarget target)
    {
        int judged = 0;
        int differences = 0;
        int explained = 0;

        // The port of an auxiliary connection stands in no expectation, so any will do.
        var context = new TargetContext(target, auxPort: 1);
        foreach (VariantResult variant in driven)
        {
            ExpectedExchange? expected = ExpectationResolver.Resolve(
                variant.Variant.Scenario, dialect, context, target.ArgumentList, variant.Split, out _);
            if (expected is not null)
            {
                bool differs = Judging.Judge.Compare(expected, variant.Transcript!).Count > 0;
                judged++;
                differences += differs ? 1 : 0;
                explained += !differs && variant.Verdict is not Verdict.Pass ? 1 : 0;
            }
        }

        return new DialectGuess(dialect.Name, differences, judged, explained);
    }
}
