using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>What must come on one stream; null is not judged.</summary>
/// <param name="Connected">Whether there is a connection.</param>
/// <param name="Content">All bytes.</param>
/// <param name="End">How it ends.</param>
internal sealed record NeededStream(bool Connected, ExpectedContent Content, EndRule End);

/// <summary>What a dialect must answer to a find.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="Reply">Which reply it is, a slug of the predictor.</param>
/// <param name="Seen">True if a target answered so.</param>
/// <param name="Primary">Null if nothing is known, or it is not judged.</param>
/// <param name="Aux">The same.</param>
internal sealed record Needed(Dialect Dialect, string Reply, bool Seen, NeededStream? Primary, NeededStream? Aux);

/// <summary>
/// What every dialect must answer to a find: as a daemon of it was seen to, else as predicted, else as seen. A server of ours,
/// or of a person who fuzzes it, proves nothing of its dialect where the dialect states what must come: it may be what is wrong.
/// </summary>
internal static class NeededReplies
{
    /// <summary>Those of the dialects of which something is known.</summary>
    public static IEnumerable<Needed> Of(Promotion promotion)
    {
        bool asksForAux = promotion.Case.Send.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        foreach (Dialect dialect in promotion.Dialects.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            // Such a server answers no request for a connection at all, whatever the scenario says of others.
            if (asksForAux && dialect.Properties.GetValueOrDefault("aux-connect")?.Value == "never-answers")
            {
                continue;
            }

            PredictedAnswer predicted = promotion.Predictor(dialect).Predict(promotion.Case, promotion.Replies[0].Outcome.AuxPort is > 0 and var port ? port : AuxPort);
            PromotedReply? seen = promotion.Replies.Where(reply => reply.Dialect == dialect.Name && reply.Outcome.Primary.Connected)
                .OrderByDescending(reply => reply.IsDaemon).FirstOrDefault();
            var needed = new Needed(
                dialect,
                predicted.Reply,
                seen is not null,
                Stream(seen, seen?.Outcome.Primary, predicted, predicted.Primary),
                Stream(seen, seen?.Outcome.Aux, predicted, predicted.Aux));
            if ((predicted.Unspecified is null || seen is not null) && (needed.Primary is not null || needed.Aux is { Connected: true }))
            {
                yield return needed;
            }
        }
    }

    private static NeededStream? Stream(PromotedReply? seen, OutcomeStream? outcome, PredictedAnswer predicted, PredictedStream stream) =>
        outcome is null || (seen is { IsDaemon: false } && predicted.Unspecified is null)
            ? Told(stream) ?? Beginning(outcome, stream)
            : Seen(outcome, stream);

    // Where the dialect states bytes but no end, that of the server will do.
    private static NeededStream? Beginning(OutcomeStream? outcome, PredictedStream stream) =>
        stream is { Connected: true, Content: { } content, End: null } && outcome is { Connected: true, End: StreamEnd.Fin or StreamEnd.Rst }
            ? new NeededStream(true, content, EndRule.Closed)
            : null;

    // Stands for whatever port a run listens on.
    private const int AuxPort = 40000;

    private static NeededStream? Told(PredictedStream stream) => stream switch
    {
        { Connected: false } => new NeededStream(false, ExpectedContent.Nothing, EndRule.Fin),
        { Connected: true, Content: { } content, End: { } end } => new NeededStream(true, content, end),
        _ => null,
    };

    // Where the dialect knows that an end is a race, one of its outcomes proves nothing. Left: the client itself ended the stream.
    private static NeededStream? Seen(OutcomeStream stream, PredictedStream predicted) => stream switch
    {
        { Connected: false } => new NeededStream(false, ExpectedContent.Nothing, EndRule.Fin),
        { End: StreamEnd.Left } => null,
        _ => new NeededStream(true, ExpectedContent.Of(stream.Bytes), stream.End switch
        {
            StreamEnd.Open => EndRule.Open,
            _ when predicted.End is EndRule.Closed => EndRule.Closed,
            StreamEnd.Rst => EndRule.Rst,
            _ => EndRule.Fin,
        }),
    };
}
