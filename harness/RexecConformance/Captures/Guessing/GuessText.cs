namespace RexecConformance.Captures.Guessing;

/// <summary>A guess in a word, in a line, and with its evidence.</summary>
public static class GuessText
{
    /// <summary>For a table: <c>debian</c>, <c>debian|illumos</c>, <c>debian|illumos+2</c>, <c>any</c> or <c>none</c>.</summary>
    /// <param name="guess">The guess.</param>
    /// <param name="most">Longest text in characters; names that do not fit are counted.</param>
    public static string Word(DialectGuess guess, int most)
    {
        if (guess.Ranked.Count == 0)
        {
            return "-";
        }

        var likely = guess.Likely;
        if (guess.Any || likely.Count == 0)
        {
            return guess.Any ? "any" : "none";
        }

        for (var count = likely.Count; count > 1; count--)
        {
            var text = string.Join('|', likely.Take(count).Select(match => match.Dialect)) + (count < likely.Count ? $"+{likely.Count - count}" : "");
            if (text.Length <= most)
            {
                return text;
            }
        }

        return likely[0].Dialect + (likely.Count > 1 ? $"+{likely.Count - 1}" : "");
    }

    /// <summary>One line for people.</summary>
    public static string Line(DialectGuess guess)
    {
        if (guess.Ranked.Count == 0)
        {
            return "not known: there are no dialect files";
        }

        if (guess.Any)
        {
            return $"any BSD-like server: nothing here tells the {guess.Ranked.Count} dialects apart";
        }

        var likely = guess.Likely;
        if (likely.Count == 0)
        {
            return $"none of the {guess.Ranked.Count} dialects; the nearest is {guess.Ranked[0].Dialect} ({guess.Ranked[0].Contradictions} of its statements contradicted)";
        }

        var others = likely.Count > 1 ? $" ({Names(likely.Skip(1))} would do the same)" : "";
        var possible = guess.Possible.Count > 0 ? $"; not excluded: {Names(guess.Possible)}" : "";
        return likely[0].Dialect + others + possible;
    }

    /// <summary>
    /// The evidence that tells dialects apart, in the order of the file: what was seen, then who states that, who allows it and who states
    /// otherwise, each with the basis of the statement.
    /// </summary>
    public static IEnumerable<string> Evidence(DialectGuess guess)
    {
        var sightings = guess.Ranked
            .SelectMany(match => match.Evidence.Select(one => (match.Dialect, Evidence: one)))
            .Where(one => one.Evidence.Distinguishes)
            .GroupBy(one => (one.Evidence.Frame, one.Evidence.Property, one.Evidence.Seen))
            .OrderBy(group => group.Key.Frame);
        foreach (var sighting in sightings)
        {
            yield return $"frame {sighting.Key.Frame}: {sighting.Key.Property}: {sighting.Key.Seen}";
            foreach (var verdict in sighting.GroupBy(one => one.Evidence.Agreement).OrderByDescending(group => group.Key))
            {
                var word = verdict.Key switch
                {
                    Agreement.Contradicts => "against",
                    Agreement.Allows => "allows",
                    _ => "for",
                };
                foreach (var statement in verdict.GroupBy(one => one.Evidence.Stated))
                {
                    yield return $"  {word,-7} {statement.Key}: "
                        + string.Join(", ", statement.Select(one => $"{one.Dialect} ({one.Evidence.Basis.Kind.ToString().ToLowerInvariant()})"));
                }
            }
        }
    }

    private static string Names(IEnumerable<DialectMatch> matches)
    {
        var names = matches.Select(match => match.Dialect).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
