using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <content>How a connection ends, and what there is before a request is complete.</content>
internal readonly ref partial struct PredictionRun
{
    // A segment of the loopback interface holds so many bytes and more: what is behind the beginning of a request has come with it.
    private const int OneSegment = 32 * 1024;

    private PredictedAnswer Unsaid(string property) => Answers.Unspecified($"{Rules.Name} says nothing about {property}");

    private static PredictedAnswer Made(string reply, PredictedStream primary, PredictedStream aux, int? answerableAfter) =>
        new() { Reply = reply, Primary = primary, Aux = aux, AnswerableAfter = answerableAfter };

    /// <summary>How a server ends the primary after it has read so many bytes of what the client ever sends.</summary>
    private EndRule EndAfter(int consumed)
    {
        if (consumed >= _script.Length)
        {
            return EndRule.Fin;
        }

        // Whether what is left had come by then is certain for one segment alone, and then the kernel resets.
        bool certain = !_script.Cut && !_script.HalfClosed && _case.Companions.Count == 0 && (_script.Length <= OneSegment || consumed <= OneSegment / 2);
        return certain && Rules.UnreadIsReset ? EndRule.Rst : EndRule.Closed;
    }

    /// <summary>The auxiliary connection of a server that ends without a word on it.</summary>
    private PredictedStream SilentAux(AuxFate fate, bool made)
    {
        if (fate is AuxFate.AtSomeTime)
        {
            return Answers.NothingStated;
        }

        if (fate is not AuxFate.Made || !made)
        {
            return Answers.NoConnection;
        }

        return Seen(_script.Signals.Count == 0 ? Answers.Silent : Answers.Silent with { End = EndRule.Closed });
    }

    /// <summary>What the client sees of it: nothing that can be told where it does not read, or left.</summary>
    private PredictedStream Seen(PredictedStream aux) =>
        _case.Aux.Mode is AuxMode.NeverAccept or AuxMode.Reset || _case.Aux.After > s_soon || _script.AuxLeft ? Answers.NothingStated
        : _script.AuxHalfClosed && Rules.AuxHalfClose is null ? Answers.NothingStated
        : aux;

    /// <summary>When the client stops keeping the server waiting; the end of time if it never does.</summary>
    private Moment EndOfWaiting() => _script.HalfClosed || _script.Left ? _script.EndedAt : new Moment(TimeSpan.MaxValue, TimeSpan.MaxValue);

    /// <summary>The server's end by a time-out of its own, if the client let that happen before it did what was waited for.</summary>
    private PredictedAnswer? TimedOut(TimeLimit limit, string property, Moment counted, Moment needed, string reply, AuxFate fate, int read)
    {
        bool never = needed.Earliest == TimeSpan.MaxValue;
        Moment shown = never ? _script.Over : needed;
        if (!limit.Stated)
        {
            return shown.Earliest - counted.Earliest > s_soon ? Unsaid(property) : null;
        }

        if (limit.After is not { } after || shown.Latest + s_margin < counted.Earliest + after)
        {
            return null;
        }

        if (shown.Earliest < counted.Latest + after + s_margin)
        {
            return never ? null : Unsaid($"which comes first, the {property} or the client");
        }

        // What the client went on to send came too late.
        bool made = Rules.AuxConnect == AuxMoment.AfterPort;
        EndRule end = _script.Length > read ? EndRule.Closed : EndRule.Fin;
        return Timed(Made(reply, new PredictedStream(true, ExpectedContent.Nothing, end), SilentAux(fate, made), null), counted, after);
    }

    private static PredictedAnswer Timed(PredictedAnswer answer, Moment counted, TimeSpan after) =>
        answer with { EndsAfter = counted.Earliest + after, EndsWithin = counted.Latest + after };

    /// <summary>A field's NUL has not come, and never will.</summary>
    private PredictedAnswer Unfinished(RequestField field, AuxFate fate)
    {
        bool made = Rules.AuxConnect == AuxMoment.AfterPort && field != RequestField.Port;
        if (_script.HalfClosed || _script.Left)
        {
            return EndOfInput(field, fate, made);
        }

        TimeLimit limit = field == RequestField.Port ? Rules.PortTimeout : Rules.FieldsTimeout;
        EndRule? end = !limit.Stated ? null : limit.After is null ? EndRule.Open : EndRule.Fin;
        var primary = new PredictedStream(true, ExpectedContent.Nothing, end);
        PredictedStream aux = SilentAux(fate, made);
        PredictedAnswer answer = Made(Waits(field), primary, aux.Connected == true ? aux with { End = end } : aux, null);
        if (limit.After is not { } after)
        {
            // Whatever the time-out is, it is no answer to what has just come.
            return limit.Stated ? answer : answer with { EndsAfter = _script.Over.Earliest + s_atOnce };
        }

        // A reading of the port has shown that it came in time.
        Moment counted = field == RequestField.Port || Rules.TimeoutRestart != "after-port" ? Moment.Start : _script.SentAt(_script.Bytes.IndexOf((byte)0) + 1);
        return Timed(answer, counted, after);
    }

    private PredictedAnswer EndOfInput(RequestField field, AuxFate fate, bool made)
    {
        switch (Rules.EofInField)
        {
            case null:
                return Unsaid("eof-in-field");
            case "ignored":
                return Unsaid("what a field is worth that was not finished");
            case "diagnostic" when field != RequestField.Port:
                return Refuse(Eof(field), _script.Length, fate, _script.Length);
            case "diagnostic-for-ever" when field != RequestField.Port:
                return Rules.RefusalFor(Eof(field))?.Content is { IsLiteral: true } unit && Rules.DiagnosticStream == "primary"
                    ? Made(
                        Eof(field), new PredictedStream(true, ServerBytes.Endless(unit.LiteralBytes), EndRule.Open),
                        fate == AuxFate.Made ? Answers.NothingStated : SilentAux(fate, made), _script.Length)
                    : Unsaid($"the diagnostic {Eof(field)}");
            default:
                return Made(Eof(field), Answers.Silent, SilentAux(fate, made), null);
        }
    }

    /// <summary>The server can't, or will not, make the auxiliary connection.</summary>
    private PredictedAnswer? GivenUp(AuxFate fate, int consumed)
    {
        switch (fate)
        {
            case AuxFate.Refused:
            case AuxFate.Privileged:
                return Made(
                    fate == AuxFate.Refused ? "aux-refused" : "aux-port-privileged", new PredictedStream(true, ExpectedContent.Nothing, EndAfter(consumed)),
                    Answers.NoConnection, null);
            case AuxFate.Unanswered when !Rules.AuxTimeout.Stated:
                return Unsaid("aux-timeout");
            case AuxFate.Unanswered when Rules.AuxTimeout.After is { } after:
                PredictedStream closed = new(true, ExpectedContent.Nothing, EndAfter(consumed));
                return Timed(Made("aux-unanswered", closed, Answers.NoConnection, null), _script.SentAt(consumed), after);
            case AuxFate.Unanswered:
                return Made("aux-unanswered", Answers.Waiting, Answers.NoConnection, null);
            default:
                return null;
        }
    }

    /// <summary>The client has gone: it sees no more of the primary, and of the other connection what a server sends that has nothing to say on it.</summary>
    private PredictedAnswer AfterLeaving(PredictedAnswer answer)
    {
        // A reset may overtake what was sent before it: whether the port was read is certain only if its connection came.
        bool quiet = _script.AuxAwaited && answer.Aux is { Connected: true, Content.Parts.Count: 0 } && answer.EndsAfter is null;
        return answer with
        {
            Reply = "client-left",
            Primary = Answers.NothingStated,
            Aux = answer.Aux.Connected == false ? Answers.NoConnection : quiet && answer.Reply != "accepted" ? answer.Aux : Answers.NothingStated,
            EndsAfter = null,
            EndsWithin = null,
        };
    }

    private static string Waits(RequestField field) => field switch
    {
        RequestField.Port => "waits-in-port",
        RequestField.Username => "waits-in-username",
        RequestField.Password => "waits-in-password",
        _ => "waits-in-command",
    };

    private static string Eof(RequestField field) => field switch
    {
        RequestField.Port => "eof-in-port",
        RequestField.Username => "eof-in-username",
        RequestField.Password => "eof-in-password",
        _ => "eof-in-command",
    };
}
