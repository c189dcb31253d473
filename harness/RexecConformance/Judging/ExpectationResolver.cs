using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Judging;

/// <summary>Finds out what a dialect's server must answer to a scenario, and on what evidence.</summary>
public sealed partial class ExpectationResolver
{
    // After the last step: long enough for a relay that works to have sent what it has.
    private static readonly TimeSpan s_relayOpenFor = TimeSpan.FromMilliseconds(300);

    private readonly Scenario _scenario;
    private readonly Dialect _dialect;
    private readonly IByteContext _context;
    private readonly int? _argumentList;
    private readonly bool _split;
    private readonly List<BasisLine> _basis = [];
    private string? _unsaid;

    private ExpectationResolver(Scenario scenario, Dialect dialect, IByteContext context, int? argumentList, bool split)
    {
        _scenario = scenario;
        _dialect = dialect;
        _context = context;
        _argumentList = argumentList;
        _split = split;
    }

    /// <summary>The expectation, or null with the reason why the dialect says nothing about it.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="dialect">The dialect to judge by.</param>
    /// <param name="context">The target's accounts and the aux port.</param>
    /// <param name="argumentList">The longest command that the target's system takes, or null if it is not stated.</param>
    /// <param name="split">True if the request is sent in more than one fragment.</param>
    /// <param name="unspecified">What the dialect says nothing about.</param>
    public static ExpectedExchange? Resolve(
        Scenario scenario, Dialect dialect, IByteContext context, int? argumentList, bool split, out string? unspecified)
    {
        var resolver = new ExpectationResolver(scenario, dialect, context, argumentList, split);
        ExpectedExchange? expected = resolver.Resolve();
        unspecified = resolver._unsaid;
        return unspecified is null ? expected : null;
    }

    private ExpectedExchange? Resolve()
    {
        if (_scenario.Undecided)
        {
            _unsaid = "nobody has decided yet what must come back (expect: undecided)";
            return null;
        }

        if (SilentAuxDialect.Concerns(_scenario, _dialect))
        {
            _unsaid = SilentAuxDialect.Unsaid(_scenario, _dialect);
            return SilentAuxDialect.Expect(_scenario, _dialect);
        }

        foreach (Alternative alternative in _scenario.Expect)
        {
            _basis.Clear();
            bool holds = true;
            foreach (Condition condition in alternative.When)
            {
                if (condition.Property == Condition.DialectName)
                {
                    holds &= condition.Holds(_dialect.Name);
                    continue;
                }

                if (Property(condition.Property, condition.Property) is not { } value)
                {
                    return null;
                }

                // "argument-list" is asked for by name, and compared as the number that the target states.
                holds &= condition.Holds(value) || condition.Holds(_dialect.Properties[condition.Property].Value);
            }

            if (holds)
            {
                return Build(alternative);
            }
        }

        _unsaid = $"no alternative of the scenario is for {_dialect.Name}";
        return null;
    }

    /// <summary>
    /// Not where the primary's bytes are written out and the auxiliary connection is not judged: a dialect whose sources do
    /// not tell when it is made can be judged there all the same.
    /// </summary>
    private static bool AsksForAuxMoment(Alternative alternative) =>
        alternative.Accepted is not null || alternative.Refused is not null || alternative.Aux is not { Check: false };

    private ExpectedExchange Build(Alternative alternative)
    {
        ExpectedStream primary = new() { Content = ExpectedContent.Nothing, End = EndRule.Fin };
        ExpectedStream aux = primary with { Connected = false, Check = _scenario.AsksForAux };
        bool connects = false;
        if (_scenario.AsksForAux && AsksForAuxMoment(alternative))
        {
            string connect = Property("aux-connect", "order") ?? "";
            connects = connect == "after-port" || (connect == "after-login" && alternative.Accepted is not null);
            aux = aux with { Connected = connects, Check = _scenario.Aux.Mode is not (AuxMode.Refuse or AuxMode.NeverAccept or AuxMode.BacklogFull) };
        }

        if (alternative.Accepted is { } accepted)
        {
            ExpectedContent stdout = Content(accepted.Stdout);
            ExpectedContent stderr = Content(accepted.Stderr);
            if (!connects && accepted.Stderr.Parts.Count > 0)
            {
                // Where error output goes without a connection of its own is for the dialect to say.
                stderr = Property("stderr-without-aux", "stream of error output") == "not-sent" ? ExpectedContent.Nothing : stderr;
            }

            if (_scenario.Captured is not null && !connects && _dialect.Properties.GetValueOrDefault("stderr-without-aux")?.Value == "not-sent")
            {
                // Both outputs came on one connection: which of the bytes were error output nobody knows any more.
                _unsaid ??= $"{_dialect.Name} sends no error output, and what was captured may have some";
            }

            string? stream = Property("status-stream", "stream of the status byte");
            ExpectedContent status = stream == "none" ? ExpectedContent.Nothing : ExpectedContent.Of([0]);
            bool statusOnAux = stream == "stderr" && connects;
            primary = primary with
            {
                Content = Join(statusOnAux ? [stdout] : [status, stdout]).Then(connects ? ExpectedContent.Nothing : stderr),
            };
            aux = aux with { Content = Join(statusOnAux ? [status] : []).Then(connects ? stderr : ExpectedContent.Nothing) };
            if (connects && _dialect.Properties.ContainsKey("stderr-relay"))
            {
                // Lost: what the command writes stays where it is, and nobody closes the connection.
                _ = Property("stderr-relay", "stream of error output");
                aux = aux with { Content = Join(statusOnAux ? [status] : []), End = EndRule.Open, OpenFor = s_relayOpenFor };
            }
        }
        else if (alternative.Refused is { } cause)
        {
            if (cause == "bad-password" && _dialect.Properties.GetValueOrDefault("login-check")?.Value == "name")
            {
                // What is answered is not refused: only a scenario that says what comes after it can be judged.
                _unsaid ??= $"{_dialect.Name} answers a wrong password and does not refuse it";
            }

            (ExpectedContent content, Diagnostic? diagnostic) = DiagnosticContent(cause);
            bool onAux = connects && DiagnosticStream(cause) == "stderr";
            primary = primary with
            {
                Content = onAux ? ExpectedContent.Nothing : content,
                NotBefore = diagnostic?.NotBefore,
                Within = diagnostic?.Within,
            };
            aux = aux with { Content = onAux ? content : ExpectedContent.Nothing, Within = diagnostic?.Within };
        }

        return new ExpectedExchange(Override(primary, alternative.Primary), Override(aux, alternative.Aux), [.. _basis.Distinct()])
        {
            Alternative = alternative,
            AwaitsAnother = (_scenario.Captured is not null || _scenario.Fuzzed is not null) && (alternative.Accepted is not null || alternative.Refused is not null),
        };
    }

    /// <summary>Asked for only if there are two connections. A missing home directory may be told on another one than the rest.</summary>
    private string? DiagnosticStream(string cause) =>
        Property(cause == "no-home" && _dialect.Properties.ContainsKey("home-stream") ? "home-stream" : "diagnostic-stream", "stream");

    private ExpectedContent Content(ByteTemplate template)
    {
        ExpectedContent content = ExpectedContent.Nothing;
        foreach (BytePart part in template.Parts)
        {
            content = content.Then(part is DiagnosticPart diagnostic
                ? DiagnosticContent(diagnostic.Name).Content
                : ExpectedContent.Of(part.Resolve(_context)));
        }

        return content;
    }

    private (ExpectedContent Content, Diagnostic? Diagnostic) DiagnosticContent(string cause)
    {
        if (!_dialect.Diagnostics.TryGetValue(cause, out Diagnostic? diagnostic))
        {
            _unsaid ??= $"{_dialect.Name} says nothing about the diagnostic {cause}";
            return (ExpectedContent.Nothing, null);
        }

        _basis.Add(new BasisLine("text", diagnostic.Basis));
        if (diagnostic.Form is DiagnosticForm.Silent)
        {
            return (ExpectedContent.Nothing, diagnostic);
        }

        if (diagnostic.Form is DiagnosticForm.Bytes)
        {
            return (ExpectedContent.Of(Resolve(diagnostic.Content)), diagnostic);
        }

        if (!diagnostic.Flag)
        {
            return (ExpectedContent.Matching(diagnostic.Pattern!), diagnostic);
        }

        ExpectedContent flag = ExpectedContent.Of([1]);
        ExpectedContent terminator = ExpectedContent.Of(ByteText.Latin1.GetBytes(Property("diagnostic-terminator", "terminator") ?? ""));
        ExpectedContent text = diagnostic.Form switch
        {
            DiagnosticForm.Any => ExpectedContent.Matching(@"[^\x00\x01\n]+"),
            DiagnosticForm.Pattern => ExpectedContent.Matching(diagnostic.Pattern!),
            _ => ExpectedContent.Of(Resolve(diagnostic.Content)),
        };
        return (flag.Then(text).Then(terminator), diagnostic);
    }

    private static ExpectedContent Join(ExpectedContent[] parts) => parts.Aggregate(ExpectedContent.Nothing, (sum, part) => sum.Then(part));

    private byte[] Resolve(ByteTemplate template) => template.Resolve(_context);

    private string? Property(string name, string attribute)
    {
        if (!_dialect.Properties.TryGetValue(name, out DialectProperty? property))
        {
            _unsaid ??= $"{_dialect.Name} says nothing about {name}";
            return null;
        }

        _basis.Add(new BasisLine(attribute, property.Basis));
        if (property.Value != "argument-list")
        {
            return property.Value;
        }

        if (_argumentList is null)
        {
            _unsaid ??= $"{_dialect.Name} bounds the command by the system's argument list, and the target does not state its length";
        }

        return _argumentList?.ToString(CultureInfo.InvariantCulture);
    }
}
