using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Finds;

/// <summary>One line on a find: what the client does, and who answers what.</summary>
internal static class FindTitle
{
    // A field of more characters is told by its length.
    private const int LongestShown = 12;
    private static readonly Dictionary<string, string> s_fields = new()
    {
        ["port"] = "port", ["username"] = "user name", ["password"] = "password", ["command"] = "command", ["stdin"] = "input", ["bytes"] = "bytes",
    };

    public static string Of(Symptom symptom, FuzzCase smallest, Examination seen, FuzzLane lane, IByteContext context) =>
        PlainText.OneLine($"{Request(smallest, context)}: {What(symptom, seen, lane)}");

    private static string What(Symptom symptom, Examination seen, FuzzLane lane)
    {
        string name = lane.Parties[symptom.Party].Target.Name;
        FuzzOutcome outcome = symptom.Companion >= 0 ? seen.Outcomes[symptom.Party].Companions[symptom.Companion] : seen.Outcomes[symptom.Party];
        string whose = symptom.Companion >= 0 ? $"another client of {name}" : name;
        return symptom.Oracle switch
        {
            OracleKind.Trouble => $"{name}: {outcome.Trouble ?? symptom.Seen}",
            OracleKind.Early => $"{whose} answers after {outcome.AnsweredAfter} bytes, before it can know; {symptom.Dialect} says {symptom.Reply}",
            OracleKind.Vocabulary => $"{whose} says {PredictedText.Quote(outcome.Primary.Bytes)}, which no dialect has",
            OracleKind.Fragmentation => $"{whose} answers otherwise than to the same bytes in one segment ({symptom.Expected}, then {symptom.Seen})",
            OracleKind.Difference => $"{Stream(symptom)}: {lane.Parties[0].Target.Name} {Came(symptom, seen.Outcomes[0])}, {name} {Came(symptom, seen.Outcomes[1])}",
            _ => $"{Stream(symptom)}: {symptom.Dialect} says {symptom.Reply}{Demanded(symptom, seen.Predicted[symptom.Party])}, {whose} {Came(symptom, outcome)}",
        };
    }

    private static string Demanded(Symptom symptom, PredictedAnswer predicted) => symptom.Aspect switch
    {
        Aspect.Connection => symptom.Expected == "none" ? " without a connection" : " on a connection",
        Aspect.End => symptom.Expected == "open" ? " and stays open" : $" and ends ({symptom.Expected})",
        Aspect.Time when symptom.Seen == "ended-too-soon" => string.Create(CultureInfo.InvariantCulture, $" and no end before {predicted.EndsAfter?.TotalSeconds:0.###} s"),
        Aspect.Time => string.Create(CultureInfo.InvariantCulture, $" and an end within {predicted.EndsWithin?.TotalSeconds:0.###} s"),
        _ => "",
    };

    private static string Came(Symptom symptom, FuzzOutcome outcome)
    {
        OutcomeStream stream = symptom.Stream == StreamName.Aux ? outcome.Aux : outcome.Primary;
        return symptom.Aspect switch
        {
            Aspect.Connection => stream.Connected ? "connects" : "does not connect",
            Aspect.End => stream.End == StreamEnd.Open ? "never ends it" : $"ends it ({PredictedText.Word(stream.End)})",
            Aspect.Time when stream.EndedAt is { } at => string.Create(CultureInfo.InvariantCulture, $"ends it after {at.TotalSeconds:0.###} s"),
            _ => stream.Bytes.Length == 0 ? "sends nothing" : $"sends {PredictedText.Quote(stream.Bytes)}",
        };
    }

    private static string Stream(Symptom symptom) => symptom.Stream is { } stream ? "on " + Words.Of(stream) : "";

    /// <summary>What the client does, in words.</summary>
    public static string Request(FuzzCase fuzzCase, IByteContext context)
    {
        var parts = new List<string>();
        if (fuzzCase.Aux.Mode != AuxMode.None)
        {
            parts.Add(fuzzCase.Aux.Mode == AuxMode.Listen ? "with an aux connection" : $"aux {Aux(fuzzCase.Aux.Mode)}");
        }

        foreach (SendStep step in fuzzCase.Send)
        {
            parts.Add(step switch
            {
                BytesStep bytes => Field(bytes, context),
                HalfCloseStep half => $"half-close of {Words.Of(half.Stream)}",
                CloseStep close => $"close of {Words.Of(close.Stream)}",
                ResetStep reset => $"reset of {Words.Of(reset.Stream)}",
                PauseStep pause => string.Create(CultureInfo.InvariantCulture, $"pause of {pause.Duration.TotalMilliseconds:0} ms"),
                SignalStep signal => $"signal {string.Join(' ', signal.Signals.Take(4))}",
                _ => "wait",
            });
        }

        if (fuzzCase.Fragments is not WholeFragmentation)
        {
            parts.Add(fuzzCase.Fragments is SplitFragmentation split ? $"cut at {string.Join(' ', split.Offsets.Take(4))}" : fuzzCase.Fragments.Name);
        }

        string all = parts.Count == 0 ? "a client that sends nothing" : string.Join(", ", parts);
        return string.Join("; beside it ", fuzzCase.Companions.Select(companion => Request(companion, context)).Prepend(all));
    }

    private static string Aux(AuxMode mode) => mode switch
    {
        AuxMode.Refuse => "refused",
        AuxMode.AcceptLate => "accepted late",
        AuxMode.NeverAccept => "never accepted",
        AuxMode.Reset => "reset at once",
        AuxMode.BacklogFull => "without an answer",
        _ => "on a privileged port",
    };

    private static string Field(BytesStep step, IByteContext context)
    {
        byte[] bytes = step.Bytes.Resolve(context);
        bool ended = bytes is [.., 0];
        ReadOnlySpan<byte> text = step.IsField && ended ? bytes.AsSpan(0, bytes.Length - 1) : bytes;
        string name = s_fields.GetValueOrDefault(step.Kind, step.Kind);
        string shown = step.Kind == "port" && step.Bytes.UsesAuxPort ? "of the client"
            : text.Length == 0 ? "empty"
            : text.Length > LongestShown ? $"of {text.Length} characters"
            : $"'{ByteText.Escape(text)}'";
        return $"{name} {shown}{(step.IsField && !ended ? " without NUL" : "")}";
    }
}
