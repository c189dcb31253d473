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
        List<VariantResult> driven = [.. result.Results.Where(r => r.Transcript is not null && r.Verdict is Verdict.Pass or Verdict.Fail or Verdict.Blocked)];
        int red = driven.Count(r => r.Verdict is not Verdict.Pass);
        if (red == 0)
        {
            return [];
        }

        List<DialectGuess> all = [.. tree.Dialects.Values
            .Where(dialect => dialect.Name != result.Dialect)
            .Select(dialect => Judge(driven, dialect, target))
            .Where(guess => guess.Explained > 0 && guess.Differences < red)
            .OrderByDescending(guess => guess.Explained - guess.Differences)
            .ThenBy(guess => guess.Differences)
            .ThenByDescending(guess => guess.Judged)
            .ThenBy(guess => guess.Dialect, StringComparer.Ordinal)];
        return [.. all.TakeWhile(guess => (guess.Differences, guess.Explained) == (all[0].Differences, all[0].Explained))];
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
