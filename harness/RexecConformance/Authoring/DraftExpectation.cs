using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Authoring;

/// <summary>Reads what must come back, as a person types it: <c>[CONDITION[,CONDITION]:]WHAT</c>.</summary>
internal static partial class DraftExpectation
{
    /// <summary>The forms of an expectation.</summary>
    public const string Forms = "accepted[=OUTPUT], refused=CAUSE, bytes=TEXT, hex=DIGITS, beginning=TEXT, nothing, refused-connection, turned-away";

    private static readonly TimeSpan s_openFor = TimeSpan.FromMilliseconds(300);

    /// <summary>Reads one.</summary>
    /// <param name="option">The option, for errors.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="draft">Its end, error output and auxiliary connection.</param>
    /// <param name="asksForAux">Whether the request asks for an auxiliary connection.</param>
    /// <exception cref="DraftException">It is none.</exception>
    public static Alternative Read(string option, string text, Draft draft, bool asksForAux)
    {
        (IReadOnlyList<Condition> when, string what) = Conditions(option, text);
        int equals = what.IndexOf('=', StringComparison.Ordinal);
        string form = equals < 0 ? what : what[..equals];
        string? value = equals < 0 ? null : what[(equals + 1)..];
        EndRule? end = draft.End is { } named ? End(named) : null;
        TimeSpan? openFor = end == EndRule.Open ? OpenFor(draft.End!) : null;
        StreamRule? ending = end is null ? null : new StreamRule { End = end, OpenFor = openFor };
        StreamRule? aux = draft.ExpectAux is { } stream ? Aux(stream) : null;
        if (form is "accepted" or "refused")
        {
            if (form == "refused" && draft.Stderr is not null)
            {
                throw new DraftException("--stderr is the error output of a command that runs: it goes with --expect accepted");
            }

            // The rest of the request is under way when it is refused: how the connection ends then is for the dialect to say.
            if (ending is null && form == "refused" && value is ("username-too-long" or "password-too-long" or "command-too-long"))
            {
                ending = new StreamRule { End = EndRule.Unread };
            }

            return new Alternative
            {
                When = when,
                Accepted = form == "accepted" ? new Accepted(DraftBytes.Text(option, value ?? "", true), DraftBytes.Text("--stderr", draft.Stderr ?? "", true)) : null,
                Refused = form == "refused" ? Cause(option, value) : null,
                Primary = ending,
                Aux = aux,
            };
        }

        StreamRule? content = (form, value) switch
        {
            ("bytes", { } bytes) => new StreamRule { Bytes = DraftBytes.Text(option, bytes, true) },
            ("hex", { } digits) => new StreamRule { Bytes = DraftBytes.Hex(option, digits) },
            ("beginning", { } first) => new StreamRule { Beginning = DraftBytes.Text(option, first, true) },
            ("nothing", null) => new StreamRule { Bytes = ByteTemplate.Empty },
            ("refused-connection", null) => new StreamRule { Connection = ConnectionRule.Refused },
            ("turned-away", null) => new StreamRule { Connection = ConnectionRule.TurnedAway },
            _ => throw new DraftException($"{option} is '{text}', expected one of: {Forms}{Nearest.Remark(form, ["accepted", "refused", "bytes", "hex", "beginning", "nothing"])}"),
        };

        // How it ends was not said: either way is the least that can be demanded.
        StreamRule primary = content.Connection is not null ? content : content with { End = end ?? EndRule.Closed, OpenFor = openFor };
        return new Alternative { When = when, Primary = primary, Aux = aux ?? (asksForAux ? new StreamRule { Check = false } : null) };
    }

    /// <summary>What a dialect's expectation begins with: <c>DIALECT=WHAT</c>.</summary>
    /// <exception cref="DraftException">There is no such dialect.</exception>
    public static Alternative ReadOf(string text, Draft draft, bool asksForAux, IEnumerable<string> dialects)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = text[..equals];
        if (!dialects.Contains(name))
        {
            throw new DraftException($"--dialect: there is no dialect '{name}', expected one of: {string.Join(", ", dialects)}{Nearest.Remark(name, dialects)}");
        }

        Alternative read = Read("--dialect " + name, text[(equals + 1)..], draft, asksForAux);
        return read with { When = [new Condition(Condition.DialectName, "=", [name]), .. read.When] };
    }

    private static (IReadOnlyList<Condition> When, string What) Conditions(string option, string text)
    {
        if (OneCondition().Match(text) is not { Success: true } first || !PropertyCatalogue.Names.Contains(first.Groups["property"].Value))
        {
            return ([], text);
        }

        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new DraftException($"{option} is '{text}', expected 'CONDITION: WHAT', for example 'username-limit<15: refused=username-too-long'");
        }

        var when = new List<Condition>();
        foreach (string one in text[..colon].Split(','))
        {
            Match match = OneCondition().Match(one.Trim());
            string property = match.Groups["property"].Value;
            string value = match.Groups["value"].Value.Trim();
            if (!match.Success || PropertyCatalogue.Fault(property, value) is not null)
            {
                throw new DraftException($"{option}: {(match.Success ? PropertyCatalogue.Fault(property, value) : $"'{one.Trim()}' is no condition, expected PROPERTY=VALUE or PROPERTY<NUMBER")}");
            }

            when.Add(new Condition(property, match.Groups["sign"].Value, [value]));
        }

        return (when, text[(colon + 2)..].Trim());
    }

    private static string Cause(string option, string? cause) => cause is not null && PropertyCatalogue.Causes.Contains(cause)
        ? cause
        : throw new DraftException($"{option}: 'refused' needs a cause, one of: {string.Join(", ", PropertyCatalogue.Causes)}{Nearest.Remark(cause ?? "", PropertyCatalogue.Causes)}");

    private static EndRule End(string text) => text.Split('=')[0] switch
    {
        "fin" => EndRule.Fin,
        "rst" => EndRule.Rst,
        "closed" => EndRule.Closed,
        "unread" => EndRule.Unread,
        "open" => EndRule.Open,
        _ => throw new DraftException($"--end is '{text}', expected one of: fin, rst, closed, unread, open[=300ms]"),
    };

    private static TimeSpan OpenFor(string text) => !text.Contains('=') ? s_openFor
        : Durations.TryParse(text[(text.IndexOf('=') + 1)..], out TimeSpan time) ? time
        : throw new DraftException($"--end is '{text}', expected open=TIME such as open=300ms");

    private static StreamRule Aux(string text)
    {
        const string Option = "--expect-aux";
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return (equals < 0 ? text : text[..equals], equals < 0 ? null : text[(equals + 1)..]) switch
        {
            ("bytes", { } bytes) => new StreamRule { Bytes = DraftBytes.Text(Option, bytes, true) },
            ("hex", { } digits) => new StreamRule { Bytes = DraftBytes.Hex(Option, digits) },
            ("beginning", { } first) => new StreamRule { Beginning = DraftBytes.Text(Option, first, true) },
            ("nothing", null) => new StreamRule { Bytes = ByteTemplate.Empty },
            ("none", null) => new StreamRule { Connected = false },
            ("any", null) => new StreamRule { Check = false },
            _ => throw new DraftException($"{Option} is '{text}', expected one of: bytes=TEXT, hex=DIGITS, beginning=TEXT, nothing, none (no connection), any (not judged)"),
        };
    }

    [GeneratedRegex(@"\A(?<property>[a-z][a-z0-9-]*)\s*(?<sign><=|>=|<|>|=)(?<value>[^:]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex OneCondition();
}
