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
public sealed record DialectGuess(string Dialect, int Differences, int Judged)
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
            .Where(guess => guess.Judged > 0 && guess.Differences < red)
            .OrderBy(guess => guess.Differences)
            .ThenByDescending(guess => guess.Judged)
            .ThenBy(guess => guess.Dialect, StringComparer.Ordinal)];
        return [.. all.TakeWhile(guess => guess.Differences == all[0].Differences)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"fits {Dialect}: {Differences} {(Differences == 1 ? "difference" : "differences")} in {Judged} variants");

    private static DialectGuess Judge(List<VariantResult> driven, Dialect dialect, ITarget target)
    {
        int judged = 0;
        int differences = 0;

        // The port of an auxiliary connection stands in no expectation, so any will do.
        var context = new TargetContext(target, auxPort: 1);
        foreach (VariantResult variant in driven)
        {
            ExpectedExchange? expected = ExpectationResolver.Resolve(
                variant.Variant.Scenario, dialect, context, target.ArgumentList, variant.Split, out _);
            if (expected is not null)
            {
                judged++;
                differences += Judging.Judge.Compare(expected, variant.Transcript!).Count > 0 ? 1 : 0;
            }
        }

        return new DialectGuess(dialect.Name, differences, judged);
    }
}
