using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>One case, step by step as a server takes it: name of the client, port, auxiliary connection, fields, login, home, status, command.</summary>
internal readonly ref partial struct PredictionRun(Predictor predictor, ClientScript script, FuzzCase fuzzCase, int auxPort)
{
    // Where a dialect says nothing of time-outs, nobody expects one so soon.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(1);

    // Less between a time-out and what a client does is a race.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(2);

    private readonly Predictor _predictor = predictor;
    private readonly ClientScript _script = script;
    private readonly FuzzCase _case = fuzzCase;
    private readonly int _auxPort = auxPort;

    private DialectRules Rules => _predictor.Rules;

    public PredictedAnswer Answer()
    {
        PredictedAnswer answer = Steps();
        return _script.Left && answer.Unspecified is null ? AfterLeaving(answer) : answer;
    }

    private PredictedAnswer Steps()
    {
        if (_case.Companions.Count > 0 && !Rules.ConcurrentClients)
        {
            return Unsaid("concurrent-clients");
        }

        if (_script.Cut && !Rules.Fragmentation)
        {
            return Unsaid("fragmentation");
        }

        if (_predictor.Setup.Faults.Contains("no-reverse-name") && WithoutName() is { } unnamed)
        {
            return unnamed;
        }

        RequestReading reading = RequestReading.Read(_script.Bytes, Rules.Limits);
        if (reading.Port is not { } portText)
        {
            return TimedOut(Rules.PortTimeout, "port-timeout", Moment.Start, EndOfWaiting(), "port-time-out", AuxFate.NotAsked, 0)
                ?? Unfinished(RequestField.Port, AuxFate.NotAsked);
        }

        if (TimedOut(Rules.PortTimeout, "port-timeout", Moment.Start, _script.SentAt(portText.End), "port-time-out", AuxFate.NotAsked, 0) is { } late)
        {
            return late;
        }

        PortReading port = PortReading.Of(_script.Bytes.Slice(portText.Start, portText.Length), Rules);
        if (port.Value is not { } number)
        {
            return Unsaid(port.Property!);
        }

        AuxFate fate = AuxFates.Of(number, _auxPort, _case.Aux.Mode, Rules);
        if (fate == AuxFate.NotStated)
        {
            return Unsaid(AuxFates.Missing(number, Rules));
        }

        if (fate == AuxFate.NeverAnswered)
        {
            return (_script.HalfClosed || _script.Left) && reading.State != ReadingState.Complete
                ? Answers.Unspecified($"{Rules.Name} says nothing about unfinished requests that ask for an auxiliary connection")
                : Made("hangs", Answers.Waiting, Answers.NoConnection, null);
        }

        return (Rules.AuxConnect == AuxMoment.AfterPort ? GivenUp(fate, portText.End) : null) ?? Fields(reading, portText, fate);
    }

    private PredictedAnswer Fields(RequestReading reading, FieldRange port, AuxFate fate)
    {
        Moment counted = Rules.TimeoutRestart == "after-port" ? _script.SentAt(port.End) : Moment.Start;
        Moment needed = reading.State == ReadingState.NeedMore ? EndOfWaiting() : _script.SentAt(reading.At);
        if (Rules.FieldsTimeout.After is not null && Rules.TimeoutRestart is null && _script.SentAt(port.End).Latest > TimeSpan.FromSeconds(1))
        {
            return Unsaid("timeout-restart");
        }

        if (TimedOut(Rules.FieldsTimeout, "fields-timeout", counted, needed, "fields-time-out", fate, port.End) is { } late)
        {
            return late;
        }

        return reading.State switch
        {
            ReadingState.NeedMore => Unfinished(reading.Field, fate),
            ReadingState.NotStated => Unsaid(Rules.Limits.Of(reading.Field).Property),
            ReadingState.TooLong => Refuse(TooLong(reading.Field), reading.Exact ? reading.At : null, fate, reading.At),
            _ => Complete(reading, fate),
        };
    }

    private PredictedAnswer Complete(RequestReading reading, AuxFate fate)
    {
        ReadOnlySpan<byte> request = _script.Bytes;
        Login login = Login.Of(
            request.Slice(reading.Username.Start, reading.Username.Length), request.Slice(reading.Password.Start, reading.Password.Length), _predictor.Accounts,
            _predictor.LoginRules);
        bool told = login.Cause == "bad-password" && Rules.LoginCheck == "name";
        if (told)
        {
            login = login.IgnoringPassword(_predictor.LoginRules);
        }

        if (login.Property is { } property)
        {
            return Unsaid(property);
        }

        if (login.Cause is { } cause)
        {
            PredictedAnswer refused = Refuse(cause, reading.At, fate, reading.At);

            // pam_unix looks up no name that begins so, and then does not wait either: Debian's daemon is silent at once.
            bool odd = cause == "unknown-user" && reading.Username.Length > 0 && request[reading.Username.Start] is (byte)'-' or (byte)'+';
            return odd ? refused with { EndsAfter = null } : refused;
        }

        return Run(reading, login.Account, fate, told);
    }

    /// <summary>What is said, if anything, to a client whose address has no name.</summary>
    private PredictedAnswer? WithoutName()
    {
        switch (_predictor.CommandRules.ReverseName)
        {
            case "not-needed":
                return null;
            case null:
                return Unsaid("reverse-name");
        }

        if (Rules.RefusalFor("no-reverse-name") is not { } refusal)
        {
            return Unsaid("the diagnostic no-reverse-name");
        }

        // At a time that is not known: what has come by then is left unread.
        bool atOnce = _predictor.CommandRules.ReverseName == "required-at-once";
        EndRule end = atOnce && _script.Length == 0 ? EndRule.Fin : EndRule.Closed;
        return Made(
            "no-reverse-name", new PredictedStream(true, refusal.Content, end), atOnce ? Answers.NoConnection : Answers.NothingStated,
            atOnce ? 0 : null);
    }

    private static string TooLong(RequestField field) => field switch
    {
        RequestField.Username => "username-too-long",
        RequestField.Password => "password-too-long",
        _ => "command-too-long",
    };
}
