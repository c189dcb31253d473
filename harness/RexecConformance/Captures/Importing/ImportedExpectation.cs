using RexecConformance.Bytes;
using RexecConformance.Captures.Replay;
using RexecConformance.Captures.Tcp;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>What the captured server sent, as what is expected.</summary>
/// <param name="conversation">What was captured.</param>
/// <param name="output">Changes what was written: secrets, names.</param>
/// <param name="steps">What the client does.</param>
/// <param name="dialects">Whose limits other servers may have.</param>
/// <param name="name">Bytes of the user name that is sent.</param>
/// <param name="password">Bytes of the password that is sent.</param>
internal sealed class ImportedExpectation(
    Conversation conversation, Func<ReadOnlyMemory<byte>, byte[]> output, IReadOnlyList<SendStep> steps, IEnumerable<Dialect> dialects, int name, int password)
{
    // An end that comes later than this after the client's last act needs more patience than a run has by itself.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The captured bytes and ends, as they are.</summary>
    /// <param name="dialects">The dialects that they are expected of; none for all.</param>
    public Alternative Observed(IReadOnlyList<string> dialects) => new()
    {
        When = dialects.Count == 0 ? [] : [new Condition(Condition.DialectName, "=", dialects)],
        Primary = Rule(StreamName.Primary),
        Aux = conversation.AuxOutcome switch
        {
            AuxOutcome.Connected => Rule(StreamName.Aux),
            AuxOutcome.NotInFile => new StreamRule { Check = false },
            _ => null,
        },
    };

    /// <summary>What other dialects make of the same request; none where only bytes are known.</summary>
    public IEnumerable<Alternative> Elsewhere(string? cause)
    {
        // What a byte on the auxiliary connection does to a command is not to be told from one server.
        if (conversation.Sent(Side.Client, StreamName.Aux)?.Length > 0)
        {
            yield break;
        }

        bool limits = cause is "no-home" or "bad-password" or "unknown-user" || (cause is null && conversation.Accepted == true && Whole());
        foreach ((string field, int length) in new[] { ("username", name), ("password", password) }.Where(one => limits && Beyond(one.Item1, one.Item2)))
        {
            yield return Refused(field + "-too-long", [new Condition(field + "-limit", "<", [$"{length}"])], EndRule.Unread);
        }

        switch (cause)
        {
            case null when conversation.Accepted == true && Whole():
                yield return new Alternative { When = [.. Port(), .. Acts()], Accepted = new Accepted(Output(StreamName.Primary), Output(StreamName.Aux)), Aux = Unseen() };
                break;
            case "no-home":
                yield return Refused("no-home", [new Condition("home-check", "=", ["before-status"])]);
                yield return new Alternative
                {
                    When = [new Condition("home-check", "=", ["after-status"])],
                    Accepted = new Accepted(ByteTemplate.Empty, new ByteTemplate([new DiagnosticPart("no-home")])),
                    Aux = Unseen(),
                };
                break;
            case "username-too-long":
                yield return Refused(cause, [new Condition("username-limit", "<", [$"{name}"])], EndRule.Unread);
                if (conversation.Request.Length is not null)
                {
                    yield return Refused("unknown-user", [new Condition("username-limit", ">=", [$"{name}"])]);
                }

                break;
            case "password-too-long":
                yield return Refused(cause, [new Condition("password-limit", "<", [$"{password}"])], EndRule.Unread);
                if (conversation.Request.Length is not null)
                {
                    yield return Refused("bad-password", [new Condition("password-limit", ">=", [$"{password}"])]);
                }

                break;
            case "command-too-long":
                yield return Refused(cause, [new Condition("command-limit", "<", [$"{conversation.Request.Command.Bytes.Length}"])], EndRule.Unread);
                break;
            case "aux-failure":
                yield return new Alternative
                {
                    When = [new Condition("aux-failure", "=", ["silent-close"]), new Condition("aux-connect", "=", ["after-port"])],
                    Primary = new StreamRule { Bytes = ByteTemplate.Empty, End = EndComparison.BytesUnderWay(conversation, StreamName.Primary) ? EndRule.Closed : EndRule.Fin },
                };
                break;
            case "bad-password" or "unknown-user":
                yield return Refused(cause, []);
                break;
            case not null when cause.StartsWith("eof-in-", StringComparison.Ordinal):
                yield return new Alternative
                {
                    When = [new Condition("eof-in-field", "=", ["silent-close"])],
                    Primary = new StreamRule { Bytes = ByteTemplate.Empty, End = EndRule.Fin },
                };
                yield return Refused(cause, [new Condition("eof-in-field", "=", ["diagnostic"])]);
                break;
        }
    }

    // A port that only some dialects' sources explain is asked of those.
    private IEnumerable<Condition> Port()
    {
        ReadOnlySpan<byte> port = conversation.Request.Port.Bytes.Span;
        bool digits = port.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        List<Condition> when = [];
        if (!digits)
        {
            when.Add(new Condition("port-bytes", "=", ["any"]));
        }
        else if (port.Length > 5 || (port.Length == 5 && int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) > ushort.MaxValue))
        {
            when.Add(new Condition("port-arithmetic", "=", ["modulo-65536"]));
        }

        if (port.Length > 1 && port[0] == '0')
        {
            when.Add(new Condition("leading-zeros", "=", ["accepted"]));
        }

        return when;
    }

    // What else the client does that not every dialect's sources say something about.
    private IEnumerable<Condition> Acts()
    {
        if (steps.Any(step => step is HalfCloseStep { Stream: StreamName.Primary }))
        {
            yield return new Condition("half-close", "=", ["output-continues"]);
        }

        if (steps.Any(step => step is HalfCloseStep { Stream: StreamName.Aux }))
        {
            yield return new Condition("aux-half-close", "=", ["stderr-continues"]);
        }

        if (steps.OfType<BytesStep>().Any(step => step.Kind == "stdin"))
        {
            yield return new Condition("stdin", "=", ["follows-command"]);
        }
    }

    // Only where some dialect has a limit that short is it worth a word.
    private bool Beyond(string field, int length) => dialects.Any(dialect =>
        dialect.Properties.TryGetValue(field + "-limit", out DialectProperty? limit) && new Condition(limit.Name, "<", [$"{length}"]).Holds(limit.Value));

    // Only a reply whose every byte is known, of a client that stayed to the end, is one that others can be asked for.
    private bool Whole() => Enum.GetValues<StreamName>().All(stream =>
        conversation.Sent(Side.Server, stream) is not { } server
        || (server.Lost.Count == 0 && server.End == EndOfStream.Fin && !Left(stream)));

    private StreamRule? Unseen() => conversation.AuxOutcome == AuxOutcome.NotInFile ? new StreamRule { Check = false } : null;

    private Alternative Refused(string cause, IReadOnlyList<Condition> when, EndRule? end = null) =>
        new() { When = when, Refused = cause, Primary = end is null ? null : new StreamRule { End = end }, Aux = Unseen() };

    private ByteTemplate Output(StreamName stream) => ImportedFields.Literal(output(conversation.Reply(stream).Output));

    private StreamRule Rule(StreamName stream)
    {
        TcpDirection server = conversation.Sent(Side.Server, stream)!;
        if (!server.StartKnown)
        {
            return new StreamRule { Check = false };
        }

        if (Left(stream))
        {
            // Nobody read what came after the client had left.
            long seen = steps.OfType<AwaitBytesStep>().Where(step => step.Stream == stream).Select(step => (long)step.Bytes.Parts.OfType<LiteralPart>().Sum(part => part.Bytes.Length)).DefaultIfEmpty().Max();
            return new StreamRule { Beginning = Bytes(server.Prefix[..(int)Math.Min(seen, server.Prefix.Length)]), End = EndRule.Closed };
        }

        bool all = server.Lost.Count == 0;
        return new StreamRule
        {
            Bytes = all ? Bytes(server.Prefix) : null,
            Beginning = all ? null : Bytes(server.Prefix),
            End = End(server, stream),
            Within = Within(server),
        };
    }

    private EndRule End(TcpDirection server, StreamName stream) =>
        server.End == EndOfStream.None || EndComparison.BytesUnderWay(conversation, stream) ? EndRule.Closed
        : server.End == EndOfStream.Fin ? EndRule.Fin
        : EndRule.Rst;

    private TimeSpan? Within(TcpDirection server)
    {
        if (server.EndMark is not { } end)
        {
            return null;
        }

        long last = conversation.Events
            .Where(item => item.Side == Side.Client && item.Mark.Frame < end.Frame).Select(item => item.Mark.Nanoseconds)
            .DefaultIfEmpty(end.Nanoseconds).Max();
        var took = TimeSpan.FromMicroseconds((end.Nanoseconds - last) / 1000);
        return took > s_patience ? TimeSpan.FromSeconds(Math.Min(600, Math.Ceiling((2 * took.TotalSeconds) + s_patience.TotalSeconds))) : null;
    }

    // Before the server's end, that is: what a client does after it changes nothing of what it was sent.
    private bool Left(StreamName stream) => steps
        .TakeWhile(step => step is not AwaitEndStep end || end.Stream != stream)
        .Any(step => (step is CloseStep close && close.Stream == stream) || (step is ResetStep reset && reset.Stream == stream));

    private ByteTemplate Bytes(ReadOnlyMemory<byte> bytes) => ImportedFields.Literal(output(bytes));
}
