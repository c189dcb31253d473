using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Replay;

/// <summary>Goes through what the client did, and before each thing waits for what the client had seen by then.</summary>
internal sealed class ReplayScriptBuilder(Conversation conversation, ReplayOptions options)
{
    private readonly List<WireStep> _actions = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<StreamName> _closed = [];
    private readonly HashSet<StreamName> _ended = [];
    private readonly Dictionary<StreamName, long> _seen = [];
    private long _lastTime = conversation.Primary.Start.Nanoseconds;
    private bool _auxAwaited;

    public ReplayScript Build()
    {
        foreach (var item in conversation.Events)
        {
            if (item.Side == Side.Client && item.Kind is EventKind.Data or EventKind.Fin or EventKind.Rst)
            {
                Client(item);
            }

            _lastTime = Math.Max(_lastTime, item.Mark.Nanoseconds);
        }

        Finish();
        var fields = conversation.Request.All
            .Where(field => field.State == FieldState.Complete)
            .Select(field => new ScriptField(field.Name, field.Offset, field.Bytes.Length))
            .ToList();
        return new ReplayScript(_actions, fields, Mode(), _notes);
    }

    private AuxMode Mode() => conversation.AuxOutcome switch
    {
        AuxOutcome.Connected or AuxOutcome.NotInFile => AuxMode.Listen,
        AuxOutcome.Failed => AuxMode.Refuse,
        _ => AuxMode.None,
    };

    private void Client(DialogueEvent item)
    {
        // What the client's system answers to a connection that it refuses is none of the client's doing.
        if (_closed.Contains(item.Stream) || (item.Stream == StreamName.Aux && Mode() != AuxMode.Listen))
        {
            return;
        }

        AwaitAuxBefore(item);
        foreach (var stream in Enum.GetValues<StreamName>())
        {
            // An end that crossed the server's is none that the server has seen: it comes after the server's here.
            AwaitServer(stream, item.Mark.Frame, ends: item.Kind == EventKind.Fin && item.Stream == stream);
        }

        var pause = TimeSpan.FromMicroseconds((item.Mark.Nanoseconds - _lastTime) / 1000 / (options.Speed > 0 ? options.Speed : 1));
        if (options.Speed > 0 && pause > TimeSpan.Zero)
        {
            _actions.Add(new Pause(pause < options.LongestPause ? pause : options.LongestPause));
        }

        if (item.Kind == EventKind.Fin && conversation.Sent(Side.Client, item.Stream)!.Pieces is [.., var last] && last.Mark == item.Mark)
        {
            _notes.Add($"the captured client's last bytes and its FIN on {item.Stream.ToString().ToLowerInvariant()} were one segment; here they are two");
        }

        _actions.Add(item.Kind switch
        {
            EventKind.Data => new Send(item.Stream, item.Bytes.ToArray()),
            EventKind.Rst => Last(new Reset(item.Stream), item.Stream),
            _ when ClosedWithFin(item.Stream) => Last(new Close(item.Stream), item.Stream),
            _ => new HalfClose(item.Stream),
        });
    }

    // A client that sent its FIN last, or that answered later data with a reset, had closed; any other may have gone on reading.
    private bool ClosedWithFin(StreamName stream) =>
        _ended.Contains(stream) || conversation.Sent(Side.Client, stream)?.Rst is not null;

    private WireStep Last(WireStep action, StreamName stream)
    {
        _closed.Add(stream);
        return action;
    }

    private void AwaitAuxBefore(DialogueEvent item)
    {
        var needed = conversation.AuxOutcome switch
        {
            AuxOutcome.Connected => item.Mark.Frame > conversation.Aux!.Established!.Value.Frame,
            // Not in the file: where the usual client waits, which is before the user name.
            AuxOutcome.NotInFile => item.Kind != EventKind.Data || item.Offset > conversation.Request.Port.Bytes.Length,
            _ => false,
        };
        if (needed && !_auxAwaited)
        {
            AwaitAux();
        }
    }

    private void AwaitAux()
    {
        _auxAwaited = true;
        _actions.Add(new AwaitAux(options.Patience));
        if (conversation.AuxOutcome == AuxOutcome.NotInFile)
        {
            _notes.Add("the aux connection is not in the file: it is awaited where the usual client does, before the user name");
        }
    }

    private void AwaitServer(StreamName stream, int frame, bool ends)
    {
        if (conversation.Sent(Side.Server, stream) is not { } server || _ended.Contains(stream))
        {
            return;
        }

        var count = server.AcknowledgedAt(frame, out var end);
        if (end || (server.Rst is { } reset && reset.Frame < frame) || (ends && server.EndMark is { } before && before.Frame < frame))
        {
            AwaitEnd(stream);
        }
        else if (count > _seen.GetValueOrDefault(stream))
        {
            _seen[stream] = count;
            _actions.Add(new AwaitBytes(stream, (int)Math.Min(count, int.MaxValue), Within()));
        }
    }

    private void AwaitEnd(StreamName stream)
    {
        _ended.Add(stream);
        _actions.Add(new AwaitEnd(stream, Within()));
    }

    // The whole conversation's time is no less than any one wait of it was.
    private TimeSpan Within() =>
        options.Patience + TimeSpan.FromMicroseconds((conversation.Events[^1].Mark.Nanoseconds - conversation.Primary.Start.Nanoseconds) / 1000);

    private void Finish()
    {
        if (Mode() == AuxMode.Listen && !_auxAwaited)
        {
            AwaitAux();
        }

        foreach (var stream in Enum.GetValues<StreamName>())
        {
            if (_closed.Contains(stream) || (stream == StreamName.Aux && Mode() != AuxMode.Listen))
            {
                continue;
            }

            var server = conversation.Sent(Side.Server, stream);
            // An aux connection that is not in the file is watched to its end: what comes is shown, though there is nothing to compare it with.
            if (!_ended.Contains(stream) && (server is null || server.End != Tcp.EndOfStream.None))
            {
                AwaitEnd(stream);
            }
            else if (!_ended.Contains(stream) && server!.Length > _seen.GetValueOrDefault(stream))
            {
                _actions.Add(new AwaitBytes(stream, (int)Math.Min(server.Length, int.MaxValue), Within()));
            }

            _actions.Add(new Close(stream));
        }
    }
}
