using System.Globalization;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Transcripts;

namespace RexecConformance.Wire;

/// <summary>Drives one exchange with a server and records everything that came back.</summary>
/// <remarks>
/// An exchange takes as long as the server takes. Waits are explicit: each awaiting step has its own bound,
/// and after the last step each stream is waited for as <see cref="StreamWait"/> says.
/// </remarks>
public static class ExchangeDriver
{
    /// <summary>Bytes that are kept of a stream beyond what is expected of it; a server that sends more is cut off.</summary>
    public const int Surplus = 256 * 1024;

    /// <summary>How an unmet wait for the auxiliary connection begins in <see cref="Transcript.UnmetAwaits"/>.</summary>
    internal const string AuxAwait = "the auxiliary connection";

    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the other stream is still waited for once the primary connection has ended. What a server does at
    /// its end, it does at once; only a background child holds a stream longer, and scenarios say so by their waits.
    /// </summary>
    private static readonly TimeSpan s_connectGrace = TimeSpan.FromMilliseconds(750);

    /// <summary>Drives an exchange.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="exchange">What to do.</param>
    /// <param name="aux">The port for the auxiliary connection, or null; stays the caller's.</param>
    /// <param name="cancel">Stops at once; both connections are closed.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static async Task<Transcript> DriveAsync(
        IPEndPoint server, Exchange exchange, AuxListener? aux, CancellationToken cancel)
    {
        var session = new ExchangeSession(exchange, aux);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (exchange.ReceiveBuffer is { } buffer)
        {
            socket.ReceiveBufferSize = buffer;
        }

        try
        {
            using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            connecting.CancelAfter(s_connectWithin);
            await socket.ConnectAsync(server, connecting.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return session.NotConnected(server, $"no answer within {s_connectWithin.TotalSeconds:0} s");
        }
        catch (SocketException e)
        {
            return session.NotConnected(server, e.SocketErrorCode == SocketError.ConnectionRefused ? Transcript.Refused : e.Message);
        }

        return await session.RunAsync(socket, cancel);
    }

    /// <summary>The state of one exchange.</summary>
    private sealed class ExchangeSession
    {
        private readonly Exchange _exchange;
        private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly StreamRecorder _primary;
        private readonly StreamRecorder _aux;
        private readonly AuxAcceptor? _acceptor;
        private readonly List<TranscriptEvent> _events = [];
        private readonly List<string> _unmet = [];
        private int _fragments;

        public ExchangeSession(Exchange exchange, AuxListener? aux)
        {
            _exchange = exchange;
            _primary = new StreamRecorder(_clock, exchange.Primary.Bytes + Surplus);
            _aux = new StreamRecorder(_clock, exchange.Aux.Bytes + Surplus);
            _acceptor = aux is null ? null : new AuxAcceptor(aux, _aux);
        }

        public Transcript NotConnected(IPEndPoint server, string why) => new()
        {
            StartedAt = _startedAt,
            Events = [],
            Primary = StreamTranscript.NotConnected with { Remote = server },
            Aux = StreamTranscript.NotConnected,
            StepsDoneAt = TimeSpan.Zero,
            UnmetAwaits = [],
            ConnectError = why,
            Duration = _clock.Elapsed,
        };

        public async Task<Transcript> RunAsync(Socket socket, CancellationToken outer)
        {
            // Waits that lost their race end with the exchange, not with their own time limit.
            using var over = CancellationTokenSource.CreateLinkedTokenSource(outer);
            CancellationToken cancel = over.Token;
            _primary.Attach(socket, start: _exchange.ReadAfter is null);
            _acceptor?.Start();
            bool stray = false;
            TimeSpan stepsDone = TimeSpan.Zero;
            TcpInfo? info = null;
            try
            {
                foreach (WireStep step in _exchange.Steps)
                {
                    await DoAsync(step, cancel);
                }

                stepsDone = _clock.Elapsed;
                if (_exchange.ReadAfter is { } after)
                {
                    await Task.Delay(after, cancel);
                    if (!_primary.Ended)
                    {
                        _primary.Start();
                    }
                }

                await Task.WhenAll(
                    WaitForAsync(_primary, _exchange.Primary, cancel),
                    WaitForAuxAsync(cancel));
                info = await CountSegmentsAsync(socket, cancel);
            }
            finally
            {
                await over.CancelAsync();
                stray = _acceptor is not null && await _acceptor.StopAsync();
                await _primary.StopAsync();
                await _aux.StopAsync();
            }

            if (stray)
            {
                _unmet.Add("the server opened more than one auxiliary connection");
            }

            StreamTranscript primary = await _primary.FinishAsync();
            StreamTranscript aux = await _aux.FinishAsync();
            int segments = info is { } counted ? counted.DataSegmentsOut - counted.Retransmitted : -1;
            // A repeated SYN or FIN counts as a repeat, but never as a data segment: with repeats the difference is a lower bound only.
            bool uncertain = primary.End is StreamEnd.Rst or StreamEnd.Left || info is null or { Closed: true } or { NotSent: > 0 } or { Retransmitted: > 0 };
            return new Transcript
            {
                StartedAt = _startedAt,
                Events = _events,
                Primary = primary,
                Aux = aux,
                StepsDoneAt = stepsDone,
                UnmetAwaits = _unmet,
                Fragments = _fragments,
                Segments = segments,
                SegmentProof = segments >= _fragments ? SegmentProof.Proved : uncertain ? SegmentProof.Unproved : SegmentProof.Merged,
                Duration = _clock.Elapsed,
            };
        }

        private async Task DoAsync(WireStep step, CancellationToken cancel)
        {
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
                case AwaitAux await_:
                    await MeetAsync(AuxAwait, _aux, r => r.Socket is not null, await_.Within, cancel);
                    break;
                case AwaitBytes bytes:
                    await MeetAsync(
                        $"{bytes.Count} bytes on {Name(bytes.Stream)}", Recorder(bytes.Stream), r => r.Received >= bytes.Count, bytes.Within, cancel);
                    break;
                case AwaitEnd end:
                    await MeetAsync($"the end of {Name(end.Stream)}", Recorder(end.Stream), r => r.Ended, end.Within, cancel);
                    break;
            }
        }

        private async Task SendAsync(Send send, CancellationToken cancel)
        {
            StreamRecorder recorder = Recorder(send.Stream);
            if (recorder.Socket is not { } socket)
            {
                Note(send.Stream, $"not sent, no connection: {send.Bytes.Length} bytes");
                return;
            }

            try
            {
                await SegmentSender.SendAsync(socket, send.Bytes, cancel);
                _events.Add(new TranscriptEvent(_clock.Elapsed, send.Stream, send.Bytes, "sent"));
                _fragments += send.Stream == StreamName.Primary ? 1 : 0;
            }
            catch (SocketException e)
            {
                recorder.SendFailed(e.SocketErrorCode);
                Note(send.Stream, $"not sent, the connection is gone: {send.Bytes.Length} bytes");
            }
            catch (ObjectDisposedException)
            {
                Note(send.Stream, $"not sent, the client had left: {send.Bytes.Length} bytes");
            }
        }

        private async Task MeetAsync(
            string what, StreamRecorder recorder, Func<StreamRecorder, bool> condition, TimeSpan within, CancellationToken cancel)
        {
            within = _exchange.AwaitAtMost is { } most && most < within ? most : within;

            // Once the server has ended the awaited stream, or the primary, what has not come will not come.
            bool over = false;
            bool Reached(StreamRecorder r) => condition(r) || (over = r.Ended);
            Task<bool> met = recorder.WaitAsync(Reached, within, cancel);
            if (recorder == _aux)
            {
                Task<bool> primaryEnd = _primary.WaitAsync(r => r.Ended || met.IsCompleted, within, cancel);
                if (await Task.WhenAny(met, primaryEnd) == primaryEnd && await primaryEnd)
                {
                    _ = await Task.WhenAny(met, Task.Delay(s_connectGrace, cancel));
                }
            }
            else
            {
                _ = await met;
            }

            bool holds = condition(recorder);
            if (!holds)
            {
                _unmet.Add(over ? $"{what} did not come before the stream ended" : FormattableString.Invariant($"{what} did not come within {within.TotalSeconds:0.###} s"));
            }

            Note(null, (holds ? "seen: " : "did not come: ") + what);
        }

        private static async Task WaitForAsync(StreamRecorder recorder, StreamWait wait, CancellationToken cancel)
        {
            if (wait.OpenFor is not { } openFor)
            {
                _ = await recorder.WaitAsync(r => r.Ended, wait.Within, cancel);
                return;
            }

            if (await recorder.WaitAsync(r => r.Received >= wait.Bytes || r.Ended, wait.Within, cancel))
            {
                int before = recorder.Received;
                _ = await recorder.WaitAsync(r => r.Ended || r.Received > before, openFor, cancel);
            }
        }

        private async Task WaitForAuxAsync(CancellationToken cancel)
        {
            if (_acceptor is not { Accepts: true } acceptor)
            {
                return;
            }

            // First the connection itself: for as long as the primary lives, and a moment longer if it is expected.
            Task<bool> connected = _aux.WaitAsync(r => r.Socket is not null, _exchange.Aux.Within, cancel);
            // A primary that stays open says nothing of a connection that is expected: a busy server may still be on its way.
            Task<bool> primaryDone = _exchange is { Primary.OpenFor: { } openFor, Aux.ExpectConnection: false }
                ? DelayedAsync(openFor, cancel)
                : _primary.WaitAsync(r => r.Ended, _exchange.Primary.Within, cancel);
            if (await Task.WhenAny(connected, primaryDone) == primaryDone && !connected.IsCompleted
                && (_exchange.Aux.ExpectConnection || acceptor.ConnectionWaits))
            {
                _ = await Task.WhenAny(connected, Task.Delay(s_connectGrace, cancel));
            }

            if (_aux.Socket is not null)
            {
                await WaitForAsync(_aux, _exchange.Aux, cancel);
            }
        }

        private static async Task<bool> DelayedAsync(TimeSpan time, CancellationToken cancel)
        {
            await Task.Delay(time, cancel);
            return true;
        }

        /// <summary>Reads the kernel's count once all is sent: a peer that does not read delays segments, it does not merge them.</summary>
        private async Task<TcpInfo?> CountSegmentsAsync(Socket socket, CancellationToken cancel)
        {
            for (int i = 0; ; i++)
            {
                TcpInfo? info;
                try
                {
                    info = TcpInfo.Of(socket);
                }
                catch (ObjectDisposedException)
                {
                    return null;
                }

                if (info is not { Closed: false, NotSent: > 0 } open || open.DataSegmentsOut - open.Retransmitted >= _fragments || i == 100)
                {
                    return info;
                }

                await Task.Delay(2, cancel);
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
                // The server or the client has left already; the transcript shows which.
            }
        }

        private StreamRecorder Recorder(StreamName stream) => stream == StreamName.Primary ? _primary : _aux;

        private static string Name(StreamName stream) => stream == StreamName.Primary ? "the primary" : "the auxiliary connection";

        private void Note(StreamName? stream, string text) => _events.Add(new TranscriptEvent(_clock.Elapsed, stream, null, text));
    }
}
