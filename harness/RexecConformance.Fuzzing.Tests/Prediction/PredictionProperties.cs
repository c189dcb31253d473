using System.Collections.Concurrent;
using FsCheck.Fluent;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>What holds of the prediction of every case.</summary>
public class PredictionProperties
{
    private static readonly ConcurrentDictionary<string, Predictor> s_predictors = new();

    [Fact]
    public void Segmentation_changes_no_byte() => Requests.ForAll(
        from request in Requests.Any from dialect in Requests.Dialect from aux in Gen.Elements(AuxMode.Listen, AuxMode.Refuse, AuxMode.None)
        from at in Gen.Choose(1, 40) select (request, dialect, aux, at),
        all =>
        {
            FuzzCase whole = Cases.Of(all.aux, Cases.Bytes(all.request));
            PredictedAnswer expected = Predict(all.dialect, whole);
            Fragmentation[] others = [new PerByteFragmentation(), new SplitFragmentation([all.at]), new PerFieldFragmentation()];
            return others.All(other => Same(expected, Predict(all.dialect, whole with { Fragments = other })));
        });

    [Fact]
    public void Two_steps_are_as_one() => Requests.ForAll(
        from request in Requests.Any from dialect in Requests.Dialect from cut in Gen.Choose(0, request.Length) select (request, dialect, cut),
        all => Same(
            Predict(all.dialect, Cases.Of(AuxMode.Listen, Cases.Bytes(all.request))),
            Predict(all.dialect, Cases.Of(AuxMode.Listen, Cases.Bytes(all.request[..all.cut]), Cases.Bytes(all.request[all.cut..])))));

    [Fact]
    public void Input_behind_the_command_changes_neither_the_reply_nor_when_it_may_come() => Requests.ForAll(
        from request in Requests.Complete from dialect in Requests.Dialect from tail in Requests.Any select (request, dialect, tail),
        all =>
        {
            PredictedAnswer without = Predict(all.dialect, Cases.Of(AuxMode.Listen, Cases.Bytes(all.request)));
            PredictedAnswer with = Predict(all.dialect, Cases.Of(AuxMode.Listen, Cases.Bytes(all.request + all.tail)));
            return without.Reply == with.Reply && without.AnswerableAfter == with.AnswerableAfter && StaysFirst(without.Primary, with.Primary)
                && StaysFirst(without.Aux, with.Aux);
        });

    [Fact]
    public void Nothing_may_be_said_before_a_whole_request_but_that_a_field_is_too_long() => Requests.ForAll(
        from request in Requests.Complete from dialect in Requests.Dialect select (request, dialect),
        all => Predict(all.dialect, Cases.Of(AuxMode.Listen, Cases.Bytes(all.request))) is var answer
            && (answer.AnswerableAfter is null || answer.AnswerableAfter == all.request.Length
                || answer.Reply.EndsWith("-too-long", StringComparison.Ordinal) || all.request[..answer.AnswerableAfter.Value].Count(c => c == '\0') == 4));

    [Fact]
    public void Every_reply_is_one_of_those_that_the_dialect_can_give() => Requests.ForAll(
        from request in Requests.Any from dialect in Requests.Dialect from aux in Gen.Elements(Enum.GetValues<AuxMode>()) from ended in Gen.Choose(0, 2) select (request, dialect, aux, ended),
        all =>
        {
            SendStep[] steps = all.ended == 0 ? [Cases.Bytes(all.request)] : [Cases.Bytes(all.request), all.ended == 1 ? Cases.HalfClose() : new ResetStep(Transcripts.StreamName.Primary)];
            PredictedAnswer answer = Predict(all.dialect, Cases.Of(all.aux, steps));
            return answer.Unspecified is not null ? answer.Reply == Answers.NotStated : Predictor(all.dialect).Replies.Contains(answer.Reply);
        });

    [Fact]
    public void A_reset_is_demanded_only_where_bytes_are_unread_and_came_at_once() => Requests.ForAll(
        from request in Requests.Any from dialect in Requests.Dialect from halfClosed in Gen.Choose(0, 1) select (request, dialect, halfClosed),
        all =>
        {
            SendStep[] steps = all.halfClosed == 0 ? [Cases.Bytes(all.request)] : [Cases.Bytes(all.request), Cases.HalfClose()];
            FuzzCase one = Cases.Of(AuxMode.Listen, steps);
            bool cut = all.request.Length > 1;
            return (Predict(all.dialect, one).Primary.End != EndRule.Rst || all.halfClosed == 0)
                && (!cut || Predict(all.dialect, one with { Fragments = new PerByteFragmentation() }).Primary.End != EndRule.Rst)
                && Predict(all.dialect, one with { Companions = [Cases.Raw("\0")] }).Primary.End != EndRule.Rst;
        });

    // Where there is none, a command that copies its input may bring such a byte.
    private static bool StaysFirst(PredictedStream without, PredictedStream with) => FirstByte(without) is not { } first || FirstByte(with) == first;

    private static int? FirstByte(PredictedStream stream) =>
        stream.Content is { Parts: [{ Bytes: { Length: > 0 } bytes }, ..] } && bytes[0] is 0 or 1 ? bytes[0] : null;

    private static bool Same(PredictedAnswer one, PredictedAnswer other) =>
        one.Reply == other.Reply && one.AnswerableAfter == other.AnswerableAfter && one.Unspecified == other.Unspecified && one.EndsAfter == other.EndsAfter
        && Same(one.Primary, other.Primary) && Same(one.Aux, other.Aux);

    private static bool Same(PredictedStream one, PredictedStream other) =>
        one.Connected == other.Connected && one.Content?.ToString() == other.Content?.ToString()
        && (one.End == other.End || (one.End, other.End) is (EndRule.Rst, EndRule.Closed));

    private static Predictor Predictor(string dialect) => s_predictors.GetOrAdd(dialect, name => Suite.Predictor(name));

    private static PredictedAnswer Predict(string dialect, FuzzCase fuzzCase) => Predictor(dialect).Predict(fuzzCase, fuzzCase.Aux.Mode == AuxMode.None ? 0 : Cases.Port);
}
