using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <content>Diagnostics before the command runs.</content>
internal readonly ref partial struct PredictionRun
{
    /// <summary>The server says why not, and ends.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="consumed">The bytes that it has read then; null if that is not known.</param>
    /// <param name="fate">What becomes of the auxiliary connection.</param>
    /// <param name="answerableAfter">The fewest bytes after which it may say so.</param>
    /// <param name="late">True if a connection that is made after the login is there by then.</param>
    private PredictedAnswer Refuse(string cause, int? consumed, AuxFate fate, int answerableAfter, bool late = false)
    {
        if (Rules.RefusalFor(cause) is not { } refusal)
        {
            return Unsaid($"the diagnostic {cause}");
        }

        if (refusal.Content is not { } content)
        {
            return Unsaid("diagnostic-terminator");
        }

        bool made = fate == AuxFate.Made && (late || Rules.AuxConnect == AuxMoment.AfterPort);
        string? stream = cause == "no-home" ? Rules.HomeStream : Rules.DiagnosticStream;
        bool known = refusal.Silent || stream == "primary" || (!made && fate != AuxFate.AtSomeTime);
        bool onAux = made && stream == "stderr" && !refusal.Silent;
        EndRule end = consumed is { } read && fate != AuxFate.AtSomeTime ? EndAfter(read) : EndRule.Closed;
        PredictedStream primary = new(true, onAux ? ExpectedContent.Nothing : known ? content : null, end);
        PredictedStream aux = SilentAux(fate, made);
        if (aux.Connected == true && !known)
        {
            aux = aux with { Content = onAux ? content : null };
        }

        Moment told = _script.SentAt(answerableAfter);
        Moment heard = _script.HalfClosed && answerableAfter == _script.Length && cause.StartsWith("eof", StringComparison.Ordinal) ? _script.EndedAt : told;
        return Made(cause, primary, aux, refusal.Silent ? null : answerableAfter) with
        {
            EndsAfter = refusal.NotBefore is { } notBefore ? heard.Earliest + notBefore : null,
            EndsWithin = refusal.Within is { } within ? heard.Latest + within : null,
        };
    }

    /// <summary>What comes of a server that is made to fail when it starts the relay of error output; null if it needs none.</summary>
    private PredictedAnswer? FailedRelay(AuxFate fate, int consumed)
    {
        IReadOnlyList<string> faults = _predictor.Setup.Faults;
        string? cause = faults.Contains("fork") ? "fork-failed" : faults.Contains("pipe") ? "pipe-failed" : null;
        CommandRules rules = _predictor.CommandRules;
        if (cause is null || rules.Fork == "never")
        {
            return null;
        }

        if (fate != AuxFate.Made)
        {
            return cause == "fork-failed" && rules.Fork is null ? Unsaid("fork") : null;
        }

        switch (rules.ForkCheck)
        {
            case null:
                return Unsaid("fork-check");
            case "before-status":
                return Refuse(cause, consumed, fate, consumed, late: true);
        }

        // The client has seen success by then.
        return Rules.RefusalFor(cause)?.Content is { } content && Rules is { StatusStream: "primary", DiagnosticStream: "primary" }
            ? Made(cause, new PredictedStream(true, ServerBytes.Join(ServerBytes.Status, content), EndAfter(consumed)), SilentAux(fate, made: true), consumed)
            : Unsaid($"the diagnostic {cause}");
    }
}
