using RexecConformance.Bytes;
using RexecConformance.Judging;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>Says what must come in the words of the format: a reply that dialects know by its name, else the bytes themselves.</summary>
internal static class PromotedExpectation
{
    // As long as the suite's other cases watch a stream that must stay open.
    private static readonly TimeSpan s_openFor = TimeSpan.FromMilliseconds(300);

    /// <summary>The alternatives; each is right for all its dialects, which is tried here.</summary>
    /// <exception cref="PromotionException">Nothing can be said.</exception>
    public static IReadOnlyList<Alternative> Of(Scenario bare, IReadOnlyList<Needed> needed, Promotion promotion)
    {
        var context = new AccountContext(promotion.Accounts);
        var found = new List<(Alternative Said, Needed Needed)>();
        foreach (Needed one in needed)
        {
            if (Candidates(bare, one).FirstOrDefault(said => Fits(bare, said, one, context)) is { } fits)
            {
                found.Add((fits, one));
            }
        }

        if (found.Count == 0)
        {
            throw new PromotionException("nothing is known of what must come: no dialect says it, and no target's whole answer was seen");
        }

        List<(Alternative Said, Needed[] For)> groups =
        [
            .. found.GroupBy(pair => AlternativeKey.Of(pair.Said))
                .Select(group => (group.First().Said, group.Select(pair => pair.Needed).ToArray()))
                .OrderByDescending(group => group.Item2.Any(one => one.Seen)).ThenByDescending(group => group.Item2.Length),
        ];
        return groups.Count == 1 && found.Count == promotion.Dialects.Count
            ? [groups[0].Said]
            : PromotedConditions.Of(groups, promotion.Dialects);
    }

    private static IEnumerable<Alternative> Candidates(Scenario bare, Needed needed)
    {
        IEnumerable<string> causes = needed.Dialect.Diagnostics.Keys.OrderByDescending(cause => cause == needed.Reply).ThenBy(cause => cause, StringComparer.Ordinal);
        List<Alternative> named = [];
        if (needed.Primary is not null && (needed.Reply == "accepted" || !needed.Dialect.Diagnostics.ContainsKey(needed.Reply)))
        {
            named.AddRange(AcceptedAnswers.Of(needed));
        }

        named.AddRange(causes.Where(cause => cause == needed.Reply).Select(cause => new Alternative { When = [], Refused = cause }));
        foreach (Alternative alternative in named)
        {
            yield return alternative;
            yield return WithEnds(alternative, bare, needed) with { Primary = new StreamRule { End = EndRule.Unread } };
            yield return WithEnds(alternative, bare, needed);
        }

        if (CanBeWritten(needed.Primary ?? needed.Aux))
        {
            yield return Written(bare, needed);
        }
    }

    /// <summary>The same with the ends as they must be.</summary>
    private static Alternative WithEnds(Alternative alternative, Scenario bare, Needed needed) => alternative with
    {
        Primary = needed.Primary is { } primary ? Ending(primary.End) : new StreamRule { Check = false },
        Aux = !bare.AsksForAux ? null
            : needed.Aux switch
            {
                null => new StreamRule { Check = false },
                { Connected: false } => new StreamRule { Connected = false },
                { End: EndRule.Fin } => null,
                { } aux => Ending(aux.End),
            },
    };

    private static Alternative Written(Scenario bare, Needed needed) => new()
    {
        When = [],
        Primary = needed.Primary is { } primary ? Bytes(primary) : new StreamRule { Check = false },
        Aux = !bare.AsksForAux ? null
            : needed.Aux switch
            {
                null => new StreamRule { Check = false },
                { Connected: false } => new StreamRule { Connected = false },
                { } aux => Bytes(aux),
            },
    };

    private static StreamRule Ending(EndRule end) => new() { End = end, OpenFor = end == EndRule.Open ? s_openFor : null };

    private static bool CanBeWritten(NeededStream? stream) => stream is { Connected: true } && (stream.Content.IsLiteral || Beginning(stream) is not null);

    private static byte[]? Beginning(NeededStream stream) =>
        stream.Content.Parts is [{ Bytes: { } first }, { Pattern: ExpectedContent.Anything }] ? first : null;

    private static StreamRule Bytes(NeededStream stream) => Beginning(stream) is { } first
        ? Ending(stream.End) with { Beginning = new ByteTemplate([new LiteralPart(first)]) }
        : stream.Content.IsLiteral ? Whole(stream) : new StreamRule { Check = false };

    private static StreamRule Whole(NeededStream stream) => Ending(stream.End) with
    {
        Bytes = stream.Content.Parts.Count == 0 ? ByteTemplate.Empty : new ByteTemplate([new LiteralPart(stream.Content.LiteralBytes)]),
    };

    private static bool Fits(Scenario bare, Alternative said, Needed needed, IByteContext context)
    {
        Scenario trial = bare with { Expect = [said] };
        return ExpectationResolver.Resolve(trial, needed.Dialect, context, context.ArgumentList, split: false, out _) is { } expected
            && Fits(expected.Primary, needed.Primary)
            && (!bare.AsksForAux || Fits(expected.Aux, needed.Aux));
    }

    private static bool Fits(ExpectedStream expected, NeededStream? needed) => needed is null
        ? !expected.Check
        : !expected.Check || (expected.Connected == needed.Connected
            && (!needed.Connected || (expected.End == needed.End && Same(expected.Content, needed.Content))));

    private static bool Same(ExpectedContent a, ExpectedContent b) =>
        a.IsLiteral && b.IsLiteral ? a.LiteralBytes.AsSpan().SequenceEqual(b.LiteralBytes) : a.ToString() == b.ToString();
}
