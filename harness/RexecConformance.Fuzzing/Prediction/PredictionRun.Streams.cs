using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <content>Which bytes come on which connection, and how both end.</content>
internal readonly ref partial struct PredictionRun
{
    // The kernel keeps so much for a client that does not read.
    private const int KeptByKernel = 16 * 1024;

    /// <summary>The status byte, and what the command does.</summary>
    /// <param name="reading">The request.</param>
    /// <param name="fate">What becomes of the auxiliary connection.</param>
    /// <param name="told">True if a wrong password was told and nothing came of it.</param>
    /// <param name="reply">Which reply it is.</param>
    /// <param name="effect">What runs, or fails to.</param>
    /// <param name="before">Error output of the server itself that comes before that.</param>
    private PredictedAnswer Started(RequestReading reading, AuxFate fate, bool told, string reply, CommandEffect effect, ExpectedContent before)
    {
        if (Rules.StatusStream is not { } statusStream)
        {
            return Unsaid("status-stream");
        }

        bool perhaps = fate is AuxFate.Made or AuxFate.AtSomeTime;
        bool cutShort = _script.HalfClosed && Rules.HalfClose != "output-continues";
        TimeSpan? endsAt = effect.Lasts == TimeSpan.Zero || cutShort ? null : _script.SentAt(reading.At).Earliest + effect.Lasts;
        if (perhaps && _script.Signals.Count > 0)
        {
            if (SignalledCommand.Of(effect, _script, Rules, reading.At) is not { } signalled || (fate != AuxFate.Made && !ReferenceEquals(signalled.Effect, effect)))
            {
                return Made(reply, Connected, Answers.NothingStated, reading.At);
            }

            EndRule? auxEnd = SignalsEnd(effect, reading.At);
            (effect, endsAt) = (signalled.Effect, effect.Lasts == TimeSpan.Zero || cutShort ? null : signalled.EndsAt);
            return Streams(reading, fate, told, reply, effect, before, statusStream, auxEnd) with { EndsAfter = endsAt };
        }

        return Streams(reading, fate, told, reply, effect, before, statusStream, null) with { EndsAfter = endsAt };
    }

    // There is one, of which nothing more can be told.
    private static PredictedStream Connected { get; } = new(true, null, null);

    private PredictedAnswer Streams(
        RequestReading reading, AuxFate fate, bool told, string reply, CommandEffect effect, ExpectedContent before, string statusStream, EndRule? auxEnd)
    {
        bool made = fate == AuxFate.Made;
        bool unknown = fate == AuxFate.AtSomeTime;
        bool quiet = effect.Errors is { Parts.Count: 0 } && before.Parts.Count == 0;
        bool errorsHere = !made && Rules.StderrWithoutAux != "not-sent";
        if (!quiet && (unknown || (!made && Rules.StderrWithoutAux is null)))
        {
            effect = effect with { Errors = null };
        }

        if (before.Parts.Count > 0)
        {
            effect = errorsHere
                ? effect with { Output = effect.Output is null ? null : ServerBytes.Join(before, effect.Output) }
                : effect with { Errors = effect.Errors is null ? null : ServerBytes.Join(before, effect.Errors) };
        }

        bool statusOnAux = made && statusStream == "stderr";
        ExpectedContent? output = unknown && statusStream == "stderr" ? null : effect.On(statusStream != "none" && !statusOnAux, output: true, errorsHere);
        EndRule? end = !effect.EndKnown ? null : effect.ReadsInput && !_script.HalfClosed ? EndRule.Open : EndAfter(effect.ReadsInput ? _script.Length : reading.At);
        if (_predictor.RealShell && _script.Cut && end is (EndRule.Rst or EndRule.Closed))
        {
            output = effect.LostInPart(statusStream != "none" && !statusOnAux, errorsHere);
        }

        var primary = new PredictedStream(true, output, unknown && end is not (null or EndRule.Open) ? EndRule.Closed : end);
        if (told)
        {
            if (Rules.RefusalFor("bad-password")?.Content is not { } refusal || Rules.DiagnosticStream != "primary" || statusOnAux)
            {
                return Unsaid("what follows a wrong password");
            }

            primary = primary with { Content = output is null ? null : ServerBytes.Join(refusal, output) };
        }

        PredictedStream aux = unknown ? Answers.NothingStated : !made ? Answers.NoConnection : AuxStream(reading, effect, statusOnAux, end, auxEnd, quiet);
        primary = AfterHalfClose(PastAux(primary, effect, made || unknown, quiet, statusOnAux), effect, reading, statusStream, ref aux);
        return Made(reply, primary, aux, reading.At);
    }

    private PredictedStream AuxStream(RequestReading reading, CommandEffect effect, bool status, EndRule? primaryEnd, EndRule? signalled, bool quiet)
    {
        EndRule? end = primaryEnd is null or EndRule.Open ? primaryEnd : signalled ?? EndRule.Fin;
        ExpectedContent? content = effect.On(status, output: false, errors: true);
        if (Rules.StderrRelayLost)
        {
            return Seen(new PredictedStream(true, status ? ServerBytes.Status : ExpectedContent.Nothing, EndRule.Open));
        }

        if (_script.Signals.Count > 0 && Rules.AuxHalfClose == "stderr-lost")
        {
            // Any byte of the client makes this server end the connection, now or later.
            return Seen(new PredictedStream(true, quiet ? content : null, quiet && end is EndRule.Fin ? end : null));
        }

        if (_script.AuxHalfClosed && Rules.AuxHalfClose == "stderr-lost" && !quiet)
        {
            // Lost for certain only if the server had seen the client's end before there was anything to relay.
            bool before = _script.AuxAwaited && _script.BytesBeforeAuxHalfClose < reading.At;
            content = !before ? null : status ? ServerBytes.Status : ExpectedContent.Nothing;
        }

        return Seen(new PredictedStream(true, content, end));
    }

    /// <summary>The primary of a client that does not read the other connection, or left it: what is written there may end the command.</summary>
    private PredictedStream PastAux(PredictedStream primary, CommandEffect effect, bool made, bool quiet, bool statusOnAux)
    {
        if (!made)
        {
            return primary;
        }

        if (_case.Aux.Mode == AuxMode.Reset || _script.AuxLeft)
        {
            return quiet && !statusOnAux && Rules.AuxConnect == AuxMoment.AfterPort ? primary : Connected;
        }

        if (Rules.AuxHalfClose == "stderr-lost" && (_script.Signals.Count > 0 || _script.AuxHalfClosed) && !quiet && effect.ReadsInput && !_script.HalfClosed)
        {
            // It may write to a connection that is gone, and end of that.
            return primary with { End = null };
        }

        bool fits = effect.Errors is { } errors && errors.MinLength <= KeptByKernel;
        return fits || _case.Aux.Mode != AuxMode.NeverAccept ? primary : Connected;
    }

    /// <summary>The client's half-close is the end of the command's input, or of the session.</summary>
    private PredictedStream AfterHalfClose(PredictedStream primary, CommandEffect effect, RequestReading reading, string statusStream, ref PredictedStream aux)
    {
        if (!_script.HalfClosed || Rules.HalfClose == "output-continues")
        {
            return primary;
        }

        aux = aux.Connected == true ? Answers.NothingStated : aux;
        if (Rules.HalfClose is null)
        {
            return Connected;
        }

        // What had come by then is certain if the client waited for all of it, or if there was nothing to come.
        ExpectedContent? content = primary.Content;
        bool seen = content is not null && (content.MinLength == 0 ? effect.Lasts > TimeSpan.Zero || effect.ReadsInput : content.MinLength <= _script.OutputBeforeEnd);
        return new PredictedStream(true, seen ? content : null, EndRule.Closed);
    }

    /// <summary>How the other connection ends where the client's bytes on it were ignored, or came too late.</summary>
    private EndRule SignalsEnd(CommandEffect effect, int commandEnd)
    {
        bool inTime = SignalledCommand.InTime(effect, _script, commandEnd);
        return Rules.SignalByte == "ignored"
            ? Rules.UnreadIsReset && inTime && !_script.Cut && _case.Companions.Count == 0 ? EndRule.Rst : EndRule.Closed
            : inTime ? EndRule.Fin : EndRule.Closed;
    }
}
