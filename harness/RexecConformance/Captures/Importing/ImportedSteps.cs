using RexecConformance.Bytes;
using RexecConformance.Captures.Replay;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Importing;

/// <summary>The acts of a captured client as the steps of a scenario, and its segments.</summary>
/// <remarks>
/// Pauses are rounded to 10 ms; what is shorter than that is the machine's. Waiting for the server is an <c>await</c>. What a client
/// does at the very end, when the server has ended both streams, is left out: a run closes by itself.
/// </remarks>
internal sealed class ImportedSteps
{
    private const double PauseUnit = 10;

    private readonly Conversation _conversation;
    private readonly ImportedFields _fields;
    private readonly Secrets _secrets;
    private readonly byte[] _sent;
    private readonly List<SendStep> _steps = [];
    private readonly List<CapturedCut> _cuts = [];
    private int _at;

    private ImportedSteps(Conversation conversation, ImportedFields fields, Secrets secrets, IReadOnlyList<WireStep> actions)
    {
        (_conversation, _fields, _secrets) = (conversation, fields, secrets);
        _sent = [.. actions.OfType<Send>().Where(send => send.Stream == StreamName.Primary).SelectMany(send => send.Bytes)];
        Go(WithoutLeave(actions));
    }

    /// <summary>The steps, and the segmentation that gives the captured segments.</summary>
    public static (IReadOnlyList<SendStep> Steps, Fragmentation Segments) Of(
        Conversation conversation, ImportedFields fields, Secrets secrets, ReplayScript script)
    {
        var made = new ImportedSteps(conversation, fields, secrets, script.Actions);
        return (made._steps, Simplest(made._steps, new CapturedFragmentation(made._cuts), new CapturedLengths(conversation)));
    }

    private void Go(IReadOnlyList<WireStep> actions)
    {
        foreach (WireStep action in actions)
        {
            if (action is Send { Stream: StreamName.Primary } send)
            {
                Segment(_at + send.Bytes.Length);
            }
            else if (Step(action) is { } step)
            {
                Act(step);
            }
        }
    }

    // One segment: the fields that begin in it become steps, those that end elsewhere are cut.
    private void Segment(int end)
    {
        foreach (RequestField field in _conversation.Request.All.Where(one => one.State == FieldState.Complete))
        {
            int stop = field.Offset + field.Bytes.Length + 1;
            if (field.Offset >= _at && field.Offset < end)
            {
                _steps.Add(new BytesStep(field.Name, _fields.Text(field).Then(ImportedFields.Literal([0]))));
            }

            if (end > field.Offset && end <= stop && end < _sent.Length)
            {
                int text = end - field.Offset;
                _cuts.Add(new CapturedCut(field.Name, text < field.Bytes.Length ? text : null, end == stop));
            }
        }

        RequestField? open = _conversation.Request.All.FirstOrDefault(one => one.State == FieldState.Unfinished);
        int rest = _conversation.Request.Length ?? open?.Offset ?? _sent.Length;
        if (end > rest)
        {
            int from = Math.Max(_at, rest);
            ReadOnlySpan<byte> bytes = _sent.AsSpan(from, end - from);
            // A field that was never finished, and replaced as a whole, can't be told apart in pieces.
            ByteTemplate template = open is not null && from == rest && end == _sent.Length
                ? _fields.Text(open)
                : ImportedFields.Literal(open?.Name switch
                {
                    "username" or "password" => _secrets.Field(_sent.AsSpan(rest)).AsSpan(from - rest, end - from),
                    "port" => bytes,
                    _ => _secrets.Within(bytes),
                });
            _steps.Add(new BytesStep(_conversation.Request.Length is null ? "bytes" : "stdin", template));
        }

        _at = end;
    }

    private void Act(SendStep step)
    {
        RequestField? inside = _conversation.Request.All.FirstOrDefault(field =>
            field.State == FieldState.Complete && _at > field.Offset && _at <= field.Offset + field.Bytes.Length);
        if (inside is null)
        {
            _steps.Add(step);
            return;
        }

        _cuts[^1] = _cuts[^1] with { Then = [.. _cuts[^1].Then, step] };
    }

    private SendStep? Step(WireStep action) => action switch
    {
        AwaitAux => new AwaitAuxStep(SendStepReader.DefaultAwait),
        AwaitBytes wait => new AwaitBytesStep(wait.Stream, Received(wait), Patience(wait.Within)),
        AwaitEnd wait => new AwaitEndStep(wait.Stream, Patience(wait.Within)),
        HalfClose half => new HalfCloseStep(half.Stream),
        Close close => new CloseStep(close.Stream),
        Reset reset => new ResetStep(reset.Stream),
        Send { Bytes: [var one] } => new SignalStep([one]),
        Send send => new SignalStep(send.Bytes) { Together = true },
        Pause pause when pause.Duration.TotalMilliseconds >= PauseUnit => new PauseStep(TimeSpan.FromMilliseconds(Math.Round(pause.Duration.TotalMilliseconds / PauseUnit) * PauseUnit)),
        _ => null,
    };

    private ByteTemplate Received(AwaitBytes wait)
    {
        ReadOnlyMemory<byte> prefix = _conversation.Sent(Side.Server, wait.Stream)?.Prefix ?? default;
        return prefix.Length >= wait.Count
            ? ImportedFields.Literal(_secrets.Within(prefix.Span[..wait.Count]))
            : ImportedFields.Literal(Enumerable.Repeat((byte)'.', wait.Count).ToArray());
    }

    // Ten seconds more than the whole conversation took, which ten seconds already are for a quick one.
    private static TimeSpan Patience(TimeSpan within) => within < SendStepReader.DefaultAwait + TimeSpan.FromSeconds(3)
        ? SendStepReader.DefaultAwait
        : TimeSpan.FromSeconds(Math.Min(600, Math.Ceiling(within.TotalSeconds)));

    /// <summary>Without the waits and closes at the end that follow the server's own ends.</summary>
    private static IReadOnlyList<WireStep> WithoutLeave(IReadOnlyList<WireStep> actions)
    {
        int keep = actions.Count;
        while (keep > 0 && actions[keep - 1] is AwaitBytes or AwaitEnd or Close or Pause or AwaitAux)
        {
            // Whoever leaves before the server has ended a stream has done something.
            if (actions[keep - 1] is Close close && !actions.Take(keep).OfType<AwaitEnd>().Any(end => end.Stream == close.Stream))
            {
                break;
            }

            keep--;
        }

        return [.. actions.Take(keep)];
    }

    private static Fragmentation Simplest(IReadOnlyList<SendStep> steps, CapturedFragmentation captured, IByteContext context)
    {
        string[] fields = [.. captured.Cuts.Where(cut => cut is { WithNul: true, Then.Count: 0 }).Select(cut => cut.Field)];
        var scenario = new Scenario
        {
            Id = "x", Title = "x", Level = Level.Info, Requires = [], Tags = [], DependsOn = [], Needs = [], File = "", Expect = [], Fragments = [],
            Aux = new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero),
            Send = steps,
        };
        IReadOnlyList<WireStep> wanted = new Variant(scenario, captured).Expand(context);
        int length = wanted.OfType<Send>().Where(send => send.Stream == StreamName.Primary).Sum(send => send.Bytes.Length);
        IEnumerable<Fragmentation> simpler =
        [
            new WholeFragmentation(),
            .. fields.Length == 0 ? Array.Empty<Fragmentation>() : [new PerFieldFragmentation(), new AfterFragmentation(fields)],
            .. length > PerByteFragmentation.MaxBytes / 2 ? Array.Empty<Fragmentation>() : [new PerByteFragmentation()],
        ];
        return simpler.FirstOrDefault(one => Same(new Variant(scenario, one).Expand(context), wanted)) ?? captured;
    }

    private static bool Same(IReadOnlyList<WireStep> one, IReadOnlyList<WireStep> other) => one.Count == other.Count
        && one.Zip(other).All(pair => pair is (Send a, Send b) ? a.Stream == b.Stream && a.Bytes.AsSpan().SequenceEqual(b.Bytes) : pair.First == pair.Second);

    /// <summary>Fills places with texts as long as those captured.</summary>
    private sealed class CapturedLengths(Conversation conversation) : IByteContext
    {
        public int AuxPort => conversation.AuxPort;

        public int? ArgumentList => null;

        public byte[] Account(string account, string attribute) =>
            new byte[(attribute == "name" ? conversation.Request.UserName : conversation.Request.Password).Bytes.Length];
    }
}
