using Rexecd;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;
using HalfClose = RexecConformance.Wire.HalfClose;

namespace RexecConformance.Cli.Targets;

/// <summary>One client of a server in memory: does the steps of a case one by one, as the driver does them over sockets.</summary>
internal sealed class MemoryPlayer
{
    /// <summary>How long the auxiliary connection is waited for once the primary has ended; as over sockets.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(750);

    private readonly MemoryWorld _world;
    private readonly MemorySession _session;
    private readonly IReadOnlyList<WireStep> _steps;
    private readonly TimeSpan? _awaitAtMost;
    private TimeSpan? _primaryEndedAt;
    private TimeSpan? _auxEndedAt;
    private int _next;

    /// <param name="world">The server.</param>
    /// <param name="steps">What the client does.</param>
    /// <param name="aux">Its port for the auxiliary connection.</param>
    /// <param name="awaitAtMost">Null, or the longest that any awaiting step waits.</param>
    public MemoryPlayer(MemoryWorld world, IReadOnlyList<WireStep> steps, MemoryAux aux, TimeSpan? awaitAtMost = null)
    {
        _world = world;
        _steps = steps;
        _awaitAtMost = awaitAtMost;
        AuxPort = aux.Port;
        _session = world.Connect(aux);
    }

    public int AuxPort { get; }

    /// <summary>When the last step was done.</summary>
    public TimeSpan StepsDoneAt { get; private set; }

    /// <summary>Steps that waited for what did not come, in the driver's words.</summary>
    public List<string> Unmet { get; } = [];

    public bool HasSteps => _next < _steps.Count;

    public MemorySession Session => _session;

    /// <summary>Whether nothing more can come: both streams have ended, or the second can't come to be.</summary>
    public bool Done => _session.Primary.Ended && (_session.Aux is { } aux ? aux.Ended
        : (_session.Over && !_session.AuxWaits) || AuxTooLate);

    private bool AuxTooLate => _world.Now - (_primaryEndedAt ??= _world.Now) >= Grace;

    /// <summary>Does one step.</summary>
    public void Step()
    {
        switch (_steps[_next++])
        {
            case Send { Stream: StreamName.Primary } send:
                _session.Send(send.Bytes);
                break;
            case Send send:
                _ = _session.Aux?.Send(send.Bytes);
                break;
            case Pause pause:
                Wait(() => false, pause.Duration);
                break;
            case HalfClose half:
                Connection(half.Stream)?.HalfClose();
                break;
            case Close close:
                Connection(close.Stream)?.Leave(reset: false);
                break;
            case Reset reset:
                Connection(reset.Stream)?.Leave(reset: true);
                break;
            case AwaitAux aux:
                Meet("the auxiliary connection", StreamName.Aux, connection => connection is not null, aux.Within);
                break;
            case AwaitBytes bytes:
                Meet($"{bytes.Count} bytes on {Name(bytes.Stream)}", bytes.Stream, connection => connection?.Received.Length >= bytes.Count, bytes.Within);
                break;
            case AwaitEnd end:
                Meet($"the end of {Name(end.Stream)}", end.Stream, connection => connection is { Ended: true }, end.Within);
                break;
        }

        StepsDoneAt = _world.Now;
        Look();
    }

    /// <summary>Notes when streams ended; to be called whenever time has passed.</summary>
    public void Look()
    {
        if (_primaryEndedAt is null && _session.Primary.Ended)
        {
            _primaryEndedAt = _world.Now;
        }

        if (_auxEndedAt is null && _session.Aux is { Ended: true })
        {
            _auxEndedAt = _world.Now;
        }
    }

    /// <summary>What came, and what is wrong beyond that; the session is over then.</summary>
    /// <param name="troubleOfServer">What became of the server, or null.</param>
    /// <param name="alone">Whether there was no other client, whose steps let time pass unseen.</param>
    public FuzzOutcome Finish(string? troubleOfServer, bool alone = false)
    {
        var outcome = new FuzzOutcome
        {
            Primary = Outcome(_session.Primary, alone ? _primaryEndedAt : null),
            Aux = _session.Aux is { } aux ? Outcome(aux, alone ? _auxEndedAt : null) : OutcomeStream.None,
            AuxPort = AuxPort,
            AnsweredAfter = _session.AnsweredAfter,
            Duration = _world.Now,
        };
        string? own = _session.Finish();
        return outcome with { Trouble = troubleOfServer ?? own };
    }

    private static OutcomeStream Outcome(MemoryConnection connection, TimeSpan? endedAt) =>
        new(true, connection.Received.ToArray(), EndOf(connection)) { EndedAt = endedAt };

    internal static StreamEnd EndOf(MemoryConnection connection) => connection.End switch
    {
        MemoryEnd.Fin => StreamEnd.Fin,
        MemoryEnd.Rst => StreamEnd.Rst,
        MemoryEnd.Left => StreamEnd.Left,
        _ => StreamEnd.Open,
    };

    private void Meet(string what, StreamName stream, Func<MemoryConnection?, bool> condition, TimeSpan within)
    {
        within = _awaitAtMost is { } most && most < within ? most : within;

        // Once the server has ended the awaited stream, or the primary, what has not come will not come.
        bool Over() => Connection(stream) is { Ended: true } || (stream == StreamName.Aux && _session.Primary.Ended && AuxTooLate);
        Wait(() => condition(Connection(stream)) || Over(), within);
        if (!condition(Connection(stream)))
        {
            Unmet.Add(Over() ? $"{what} did not come before the stream ended" : $"{what} did not come within {within.TotalSeconds:0.###} s");
        }
    }

    private void Wait(Func<bool> until, TimeSpan within)
    {
        TimeSpan limit = _world.Now + within;
        while (!until() && _world.Advance(limit))
        {
            Look();
        }
    }

    private MemoryConnection? Connection(StreamName stream) => stream == StreamName.Primary ? _session.Primary : _session.Aux;

    private static string Name(StreamName stream) => stream == StreamName.Primary ? "the primary" : "the auxiliary connection";
}
