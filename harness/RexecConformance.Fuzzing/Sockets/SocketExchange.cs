using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>One client of one case: its two connections, its acts, and the wait for what they bring.</summary>
/// <remarks>
/// Acts, ends and the rule that the first error is the end are those of <see cref="ExchangeDriver"/>. What differs is
/// the waiting: nothing is expected, so a client goes when both streams have ended or nothing has come for long
/// enough; and acts are done one by one, so that several clients take turns.
/// </remarks>
internal sealed class SocketExchange : IDisposable
{
    // Streams that bring more are cut off: a fuzzer's commands write 109 KB at most.
    private const int MostBytes = 1024 * 1024;

    private readonly Socket _socket;
    private readonly AuxListener? _listener;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly StreamRecorder _primary;
    private readonly StreamRecorder _aux;
    private readonly Activity _activity;
    private readonly List<TranscriptEvent> _events = [];
    private readonly List<string> _unmet = [];
    private readonly TimeSpan _unanswered;
    private readonly TimeSpan _answered;
    private AuxArrival? _arrival;
    private int _fragments;

    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="listener">The port for the auxiliary connection, or null; stays the caller's.</param>
    /// <param name="patience">How long nothing may happen before the first byte of an answer, and after it.</param>
    /// <param name="lateness">How late this machine is.</param>
    public SocketExchange(AddressFamily family, AuxListener? listener, (TimeSpan Unanswered, TimeSpan Answered) patience, Lateness lateness)
    {
        _socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _listener = listener;
        (_unanswered, _answered) = patience;
        _activity = new Activity(_clock, lateness);
        _primary = new StreamRecorder(_clock, MostBytes) { Changed = _activity.Note };
        _aux = new StreamRecorder(_clock, MostBytes) { Changed = _activity.Note };
    }

    /// <summary>Connects, and begins to listen and to read.</summary>
    /// <exception cref="SocketException">It is not taken.</exception>
    /// <exception cref="OperationCanceledException">There is no answer, or it was cancelled.</exception>
    public async Task ConnectAsync(IPEndPoint server, CancellationToken cancel)
    {
        await _socket.ConnectAsync(server, cancel);
        _primary.Attach(_socket, start: true);
        _arrival = _listener is { Behaviour.Mode: AuxMode.Listen or AuxMode.AcceptLate or AuxMode.Reset or AuxMode.Privileged }
            ? new AuxArrival(_listener, _aux)
            : null;
    }

    /// <summary>Does one act.</summary>
    public async Task DoAsync(WireStep step, CancellationToken cancel)
    {
        _activity.Note();
        switch (step)
        {
            case Send send:
                await SendAsync(send, cancel);
                break;
            case Pause pause:
                Note(null, $"pause {pause.Duration.TotalMilliseconds:0} ms");
                await Task.Delay(pause.Duration, cancel);
                break;
            case HalfClose half:
                Note(half.Stream, "half-close");
                ShutdownSend(Recorder(half.Stream));
                break;
            case Close close:
                Note(close.Stream, "close");
                await Recorder(close.Stream).LeaveAsync(reset: false);
                break;
            case Reset reset:
                Note(reset.Stream, "reset");
                await Recorder(reset.Stream).LeaveAsync(reset: true);
                break;
            case AwaitAux:
                await MeetAsync("the auxiliary connection", _aux, r => r.Socket is not null, cancel);
                break;
            case AwaitBytes bytes:
                await MeetAsync($"{bytes.Count} bytes on {bytes.Stream}", Recorder(bytes.Stream), r => r.Received >= bytes.Count, cancel);
                break;
            case AwaitEnd end:
                await MeetAsync($"the end of {end.Stream}", Recorder(end.Stream), r => r.Ended, cancel);
                break;
        }
    }

    /// <summary>Waits until both streams have ended, or nothing has come for long enough; closes all and tells what came.</summary>
    public async Task<Transcript> FinishAsync(CancellationToken cancel)
    {
        TimeSpan stepsDone = _clock.Elapsed;
        _activity.Note();
        try
        {
            _ = await _activity.WaitAsync(IsOver, Quiet, cancel);
            if (_arrival is not null && await _arrival.StopAsync())
            {
                // It came at the last moment: what it brings is waited for like all else.
                _ = await _activity.WaitAsync(IsOver, Quiet, cancel);
            }
        }
        finally
        {
            if (_arrival is not null)
            {
                _ = await _arrival.StopAsync();
            }

            await _primary.StopAsync();
            await _aux.StopAsync();
        }

        if (_arrival is { More: true })
        {
            _unmet.Add("the server opened more than one auxiliary connection");
        }

        int segments = TcpInfoOf() is { } info ? info.DataSegmentsOut - info.Retransmitted : -1;
        StreamTranscript primary = await _primary.FinishAsync();
        StreamTranscript second = await _aux.FinishAsync();
        return new Transcript
        {
            StartedAt = _startedAt,
            Events = _events,
            Primary = primary,
            Aux = second,
            StepsDoneAt = stepsDone,
            UnmetAwaits = _unmet,
            Fragments = _fragments,
            Segments = segments,
            SegmentProof = segments >= _fragments ? SegmentProof.Proved : SegmentProof.Unproved,
            Duration = _clock.Elapsed,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // A server that has ended the primary connects to nobody any more: what has not arrived by then never will.
    private bool IsOver() => _primary.Ended && (_aux.Socket is null ? _arrival is not { MayCome: true } : _aux.Ended);

    private TimeSpan Quiet() => _primary.Received + _aux.Received > 0 ? _answered : _unanswered;

    private async Task SendAsync(Send send, CancellationToken cancel)
    {
        StreamRecorder recorder = Recorder(send.Stream);
        if (recorder.Socket is not { } socket)
        {
            Note(send.Stream, $"not sent, no connection: {send.Bytes.Length} bytes");
            return;
        }

        TimeSpan began = _clock.Elapsed;
        try
        {
            await SegmentSender.SendAsync(socket, send.Bytes, cancel, (long)_answered.TotalMilliseconds);
            _events.Add(new TranscriptEvent(began, send.Stream, send.Bytes, "sent"));
            _fragments += send.Stream == StreamName.Primary ? 1 : 0;
        }
        catch (SocketException e)
        {
            recorder.SendFailed(e.SocketErrorCode);
            Note(send.Stream, $"not sent, the connection is gone or full: {send.Bytes.Length} bytes");
        }
        catch (ObjectDisposedException)
        {
            Note(send.Stream, $"not sent, the client had left: {send.Bytes.Length} bytes");
        }
    }

    private async Task MeetAsync(string what, StreamRecorder recorder, Func<StreamRecorder, bool> condition, CancellationToken cancel)
    {
        bool Hopeless() => recorder.Ended || (recorder == _aux && IsOver());
        // Nobody knows whether it is to come at all, nor how fast this machine is: what counts is that nothing happens any more.
        // The connection comes early or with the answer: a slow refusal is no reason to wait long for it.
        TimeSpan quiet = recorder == _aux ? _answered : Quiet();
        _ = await _activity.WaitAsync(() => condition(recorder) || Hopeless(), () => quiet, cancel);
        bool holds = condition(recorder);
        if (!holds)
        {
            _unmet.Add($"{what} did not come");
        }

        Note(null, (holds ? "seen: " : "did not come: ") + what);
    }

    private TcpInfo? TcpInfoOf()
    {
        try
        {
            return _primary.Socket is { } socket ? TcpInfo.Of(socket) : null;
        }
        catch (ObjectDisposedException)
        {
            return null; // the client had left
        }
    }

    private static void ShutdownSend(StreamRecorder recorder)
    {
        try
        {
            recorder.Socket?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two has left already; the transcript shows which.
        }
    }

    private StreamRecorder Recorder(StreamName stream) => stream == StreamName.Primary ? _primary : _aux;

    private void Note(StreamName? stream, string text) => _events.Add(new TranscriptEvent(_clock.Elapsed, stream, null, text));
}
