using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What a client does, as far as a server can notice it. One for each thread, used again.</summary>
internal sealed class ClientScript
{
    // A busy server may be slower than that.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromSeconds(1);

    private readonly ScriptBuffer _bytes = new();
    private readonly List<(int From, Moment At)> _moments = [];
    private readonly List<SentSignal> _signals = [];
    private Moment _now;
    private int _awaitedOutput;
    private bool _inRun;
    private bool _fieldEnded;

    /// <summary>All bytes on the primary connection.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Their number.</summary>
    public int Length => _bytes.Length;

    /// <summary>True if they are more than one segment.</summary>
    public bool Cut { get; private set; }

    /// <summary>True if the client sends no more on the primary, but reads on.</summary>
    public bool HalfClosed { get; private set; }

    /// <summary>True if the client closed or reset the primary.</summary>
    public bool Left { get; private set; }

    /// <summary>When one of the two was.</summary>
    public Moment EndedAt { get; private set; }

    /// <summary>Bytes of output on the primary that were waited for before that.</summary>
    public int OutputBeforeEnd { get; private set; }

    /// <summary>True if the client waited for the auxiliary connection before it did anything with it.</summary>
    public bool AuxAwaited { get; private set; }

    /// <summary>True if the client half-closed the auxiliary connection.</summary>
    public bool AuxHalfClosed { get; private set; }

    /// <summary>How many bytes of the primary were sent before that.</summary>
    public int BytesBeforeAuxHalfClose { get; private set; }

    /// <summary>True if the client closed or reset the auxiliary connection.</summary>
    public bool AuxLeft { get; private set; }

    /// <summary>True if it did so without having waited for the connection: then nobody knows whether there was one.</summary>
    public bool AuxLeftBlindly { get; private set; }

    /// <summary>The bytes on the auxiliary connection.</summary>
    public IReadOnlyList<SentSignal> Signals => _signals;

    /// <summary>When the last step was over.</summary>
    public Moment Over => _now;

    /// <summary>When so many bytes had been sent.</summary>
    public Moment SentAt(int count)
    {
        for (int i = _moments.Count - 1; i >= 0; i--)
        {
            if (_moments[i].From < count)
            {
                return _moments[i].At;
            }
        }

        return Moment.Start;
    }

    /// <summary>Reads a case; null, or what can't be filled in.</summary>
    public string? Read(FuzzCase fuzzCase, int auxPort, ScriptBytes places)
    {
        Clear();
        IReadOnlyList<SendStep> steps = fuzzCase.Send;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is BytesStep bytes)
            {
                if (!HalfClosed && !Left && Append(bytes, fuzzCase.Fragments, auxPort, places) is { } missing)
                {
                    return missing;
                }

                continue;
            }

            Act(steps[i], auxPort, places);
            _inRun = false;
        }

        Cut |= CutEverywhere(fuzzCase.Fragments);
        return null;
    }

    private string? Append(BytesStep step, Fragmentation fragments, int auxPort, ScriptBytes places)
    {
        int from = Length;
        if (places.Write(step.Bytes, auxPort, _bytes) is { } missing)
        {
            return missing;
        }

        if (Length == from)
        {
            return null;
        }

        Cut |= from > 0 && (!_inRun || _fieldEnded);
        _fieldEnded = fragments switch
        {
            WholeFragmentation => false,
            PerFieldFragmentation => true,
            AfterFragmentation after => after.Fields.Contains(step.Kind),
            _ => false,
        };
        _inRun = true;
        if (_moments.Count == 0 || _moments[^1].At != _now)
        {
            _moments.Add((from, _now));
        }

        return null;
    }

    private void Act(SendStep step, int auxPort, ScriptBytes places)
    {
        switch (step)
        {
            case PauseStep pause:
                _now = _now.Later(pause.Duration);
                break;
            case AwaitAuxStep aux:
                _now = _now.Waiting(aux.Within);
                AuxAwaited |= !AuxLeft && !Left && aux.Within >= s_longEnough;
                break;
            case AwaitBytesStep bytes:
                _now = _now.Waiting(bytes.Within);
                _awaitedOutput = bytes.Stream == StreamName.Primary ? Math.Max(_awaitedOutput, Count(bytes, auxPort, places)) : _awaitedOutput;
                break;
            case AwaitEndStep end:
                _now = _now.Waiting(end.Within);
                break;
            case SignalStep signal when !AuxHalfClosed && !AuxLeft:
                foreach (byte number in signal.Signals)
                {
                    _signals.Add(new SentSignal(number, _now, Length, _awaitedOutput, AuxAwaited));
                }

                break;
            case HalfCloseStep { Stream: StreamName.Primary } when !HalfClosed && !Left:
                HalfClosed = true;
                (EndedAt, OutputBeforeEnd) = (_now, _awaitedOutput);
                break;
            case HalfCloseStep { Stream: StreamName.Aux } when !AuxHalfClosed:
                AuxHalfClosed = true;
                BytesBeforeAuxHalfClose = Length;
                break;
            case CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary } when !Left:
                (Left, EndedAt, OutputBeforeEnd) = (true, HalfClosed ? EndedAt : _now, _awaitedOutput);
                break;
            case CloseStep { Stream: StreamName.Aux } or ResetStep { Stream: StreamName.Aux }:
                AuxLeft = true;
                AuxLeftBlindly |= !AuxAwaited;
                break;
        }
    }

    private static int Count(AwaitBytesStep step, int auxPort, ScriptBytes places)
    {
        var bytes = new ScriptBuffer();
        return places.Write(step.Bytes, auxPort, bytes) is null ? bytes.Length : 0;
    }

    private bool CutEverywhere(Fragmentation fragments)
    {
        switch (fragments)
        {
            case PerByteFragmentation:
                return Length > 1;
            case SplitFragmentation split:
                for (int i = 0; i < split.Offsets.Count; i++)
                {
                    if (split.Offsets[i] > 0 && split.Offsets[i] < Length)
                    {
                        return true;
                    }
                }

                return false;
            case WholeFragmentation or PerFieldFragmentation or AfterFragmentation:
                return false;
            default:
                return Length > 1;
        }
    }

    private void Clear()
    {
        _bytes.Clear();
        _moments.Clear();
        _signals.Clear();
        _now = Moment.Start;
        EndedAt = Moment.Start;
        _awaitedOutput = OutputBeforeEnd = BytesBeforeAuxHalfClose = 0;
        _inRun = _fieldEnded = Cut = HalfClosed = Left = AuxAwaited = AuxHalfClosed = AuxLeft = AuxLeftBlindly = false;
    }
}
