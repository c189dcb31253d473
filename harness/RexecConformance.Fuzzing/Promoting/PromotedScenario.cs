using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>Makes the scenario of a find.</summary>
public static class PromotedScenario
{
    private static readonly string[] s_words = ["accepted", "unspecified", "client-left"];

    // The reply that is asked for, and what a document says of it; the diagnostic's own requirement is found by its name.
    private static readonly Dictionary<string, string[]> s_requirements = new()
    {
        ["accepted"] = ["status-byte"],
        ["username-too-long"] = ["username-limit"],
        ["password-too-long"] = ["password-limit"],
        ["command-too-long"] = ["command-limit"],
        ["no-home"] = ["home-directory"],
        ["root-refused"] = ["root-refused"],
        ["empty-password"] = ["empty-password"],
        ["account-expired"] = ["expired-account"],
        ["password-expired"] = ["expired-account"],
        ["aux-refused"] = ["aux-failure-silent"],
        ["aux-port-privileged"] = ["aux-privileged-port"],
        ["eof-in-port"] = ["eof-in-field"],
        ["eof-in-username"] = ["eof-in-field"],
        ["eof-in-password"] = ["eof-in-field"],
        ["eof-in-command"] = ["eof-in-field"],
        ["argument-list-too-long"] = ["argument-list-too-long"],
        ["waits-in-port"] = ["port-ends-at-nul"],
        ["waits-in-username"] = ["username-field"],
        ["waits-in-password"] = ["password-field"],
        ["waits-in-command"] = ["command-field"],
    };

    /// <summary>The scenario; its file is <c>ID.yaml</c>.</summary>
    /// <exception cref="PromotionException">The format can't say what the case does.</exception>
    public static Scenario Of(Promotion promotion)
    {
        FuzzCase fuzzCase = promotion.Case;
        if (fuzzCase.Companions.Count > 0)
        {
            throw new PromotionException($"the case has {fuzzCase.Companions.Count} clients beside its own, which do other things: a scenario can't say that");
        }

        IReadOnlyList<SendStep> send = PromotedSteps.Of(fuzzCase, promotion.Accounts);
        bool asksForAux = send.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        var bare = new Scenario
        {
            Id = promotion.Id,
            Title = promotion.Title,
            Level = Level.Dialect,
            Requires = [],
            Tags = ["fuzzed"],
            DependsOn = [],
            Needs = [.. Needs(send)],
            Aux = asksForAux ? fuzzCase.Aux : new AuxBehaviour(AuxMode.None, TimeSpan.Zero),
            Send = send,
            Fragments = [Fragments(fuzzCase.Fragments, send)],
            Expect = [],
            Fuzzed = Source(promotion),
            File = promotion.Id + ".yaml",
        };
        IReadOnlyList<Needed> needed = [.. NeededReplies.Of(promotion)];
        return bare with { Expect = PromotedExpectation.Of(bare, needed, promotion), Requires = Requires(needed, promotion) };
    }

    private static IEnumerable<string> Needs(IReadOnlyList<SendStep> send)
    {
        List<BytePart> parts = [.. send.OfType<BytesStep>().SelectMany(step => step.Bytes.Parts)];
        if (parts.Any(part => part is RepeatToLimitPart))
        {
            yield return "argument-list";
        }

        // Scripted commands have no environment.
        if (parts.Contains(new OperationPart("print-environment")))
        {
            yield return "real-shell";
        }
    }

    private static FuzzedSource Source(Promotion promotion) => new(
        promotion.Case.Origin.Seed,
        promotion.Case.Origin.Number,
        promotion.Command,
        promotion.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [.. promotion.Replies.Select(reply => new FuzzedReply(reply.Target, reply.Dialect, reply.Server, Seen(reply.Outcome.Primary), Seen(reply.Outcome.Aux)))],
        promotion.Story);

    private static FuzzedStream? Seen(OutcomeStream stream) => stream.Connected ? new FuzzedStream(stream.Bytes, stream.End) : null;

    // A field that is no field any more, for want of its NUL, can't be cut after.
    private static Fragmentation Fragments(Fragmentation fragmentation, IReadOnlyList<SendStep> send) => fragmentation switch
    {
        AfterFragmentation after when after.Fields.Any(field => !send.OfType<BytesStep>().Any(step => step.Kind == field)) => new PerFieldFragmentation(),
        SplitFragmentation { Offsets.Count: 0 } => new WholeFragmentation(),
        _ => fragmentation,
    };

    private static string[] Requires(IReadOnlyList<Needed> needed, Promotion promotion) =>
    [
        .. needed.Select(one => one.Reply).Distinct().Where(reply => !s_words.Contains(reply) || reply == "accepted")
            .SelectMany(reply => (s_requirements.GetValueOrDefault(reply) ?? []).Append(reply + "-diagnostic"))
            .Where(promotion.Requirements.Contains).Distinct().Take(6),
    ];
}
