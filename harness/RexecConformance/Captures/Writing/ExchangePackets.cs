using System.Net;
using System.Net.Sockets;
using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Writing;

/// <summary>Makes the packets of one transcript, in the order of time.</summary>
internal sealed class ExchangePackets
{
    /// <summary>Stands for a client's port that nobody knows.</summary>
    private const int MadeUpPort = 65_535;

    private readonly CapturedExchange _exchange;
    private readonly Transcript _seen;
    private readonly int _number;
    private readonly long _start;
    private readonly List<SyntheticPacket> _packets = [];
    private readonly List<(TimeSpan At, Action Make)> _acts = [];

    // What is to be said on the next packet.
    private readonly List<string> _pending = [];

    public ExchangePackets(CapturedExchange exchange, int number)
    {
        _exchange = exchange;
        _seen = exchange.Transcript;
        _number = number;
        if (!TranscriptCapture.CanWrite(_seen))
        {
            throw new ArgumentException("an exchange without times and ports can't be written as packets");
        }

        _start = (_seen.StartedAt!.Value.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
    }

    /// <summary>The packets.</summary>
    public IReadOnlyList<SyntheticPacket> Make()
    {
        SyntheticTcp primary = Primary();
        SyntheticTcp? aux = Aux();
        foreach (TranscriptEvent done in _seen.Events)
        {
            _acts.Add((done.At, () => Do(done, done.Stream == StreamName.Aux ? aux : primary)));
        }

        Received(StreamName.Primary, _seen.Primary, primary);
        Received(StreamName.Aux, _seen.Aux, aux);
        foreach ((TimeSpan _, Action make) in _acts.OrderBy(act => act.At))
        {
            make();
        }

        SayTheRest();
        return _packets;
    }

    private SyntheticTcp Primary()
    {
        IPEndPoint server = _seen.Primary.Remote!;
        IPEndPoint client = _seen.Primary.Local ?? new IPEndPoint(
            IPAddress.IsLoopback(server.Address) ? server.Address
                : server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any,
            MadeUpPort);
        var tcp = new SyntheticTcp(client, server, (uint)_number * 2, Add);
        List<string> comments =
        [
            .. _exchange.Comments,
            PrimaryNote.Text,
            Note(TranscriptNotes.Transcript),
            .. _seen.Primary.Local is null ? [Note(TranscriptNotes.NoLocal)] : Array.Empty<string>(),
        ];
        _acts.Add((TimeSpan.Zero, () => tcp.Connect(Time(TimeSpan.Zero), comments)));
        if (_seen.Primary.Connected)
        {
            _acts.Add((_seen.Primary.ConnectedAt, () => tcp.Accept(Time(_seen.Primary.ConnectedAt))));
        }
        else if (_seen.ConnectError == Transcript.Refused)
        {
            _acts.Add((_seen.Duration, () => tcp.Refuse(Time(_seen.Duration))));
        }

        return tcp;
    }

    // The server opens this one.
    private SyntheticTcp? Aux()
    {
        if (_seen.Aux is not { Connected: true, Local: { } client, Remote: { } server })
        {
            return null;
        }

        var tcp = new SyntheticTcp(server, client, ((uint)_number * 2) + 1, Add);
        TimeSpan at = _seen.Aux.ConnectedAt;
        _acts.Add((at, () =>
        {
            tcp.Connect(Time(at));
            tcp.Accept(Time(at));
        }));
        return tcp;
    }

    private void Do(TranscriptEvent done, SyntheticTcp? tcp)
    {
        TcpEnd client = Client(done.Stream);
        if (done is { Sent.Length: > 0 } && tcp is not null)
        {
            tcp.Send(client, Time(done.At), done.Sent, part: Note(TranscriptNotes.Part));
            return;
        }

        _pending.Add(Note(TranscriptNotes.Did, TranscriptNotes.Event(done)));
        switch (done.Text)
        {
            case "half-close" or "close":
                tcp?.Finish(client, Time(done.At));
                break;
            case "reset":
                tcp?.Reset(client, Time(done.At));
                break;
        }
    }

    private void Received(StreamName stream, StreamTranscript seen, SyntheticTcp? tcp)
    {
        if (tcp is null || !seen.Connected)
        {
            return;
        }

        TcpEnd client = Client(stream);
        TcpEnd server = client == TcpEnd.Initiator ? TcpEnd.Responder : TcpEnd.Initiator;
        int offset = 0;
        for (int i = 0; i < seen.Chunks.Count; i++)
        {
            ReceivedChunk chunk = seen.Chunks[i];
            int from = offset;
            int to = i == seen.Chunks.Count - 1 ? int.MaxValue : offset + chunk.Bytes.Length;
            offset += chunk.Bytes.Length;
            _acts.Add((chunk.At, () => tcp.Send(server, Time(chunk.At), chunk.Bytes, Findings(stream, f => f.Offset >= from && f.Offset < to), Note(TranscriptNotes.Part))));
        }

        string ended = Note(TranscriptNotes.End, TranscriptNotes.Ended(stream, seen));
        IReadOnlyList<string> wrongEnd = Findings(stream, f => f.Offset < 0 || seen.Chunks.Count == 0);
        _acts.Add((seen.EndAt, () => EndOf(seen, tcp, server, [.. wrongEnd, ended])));
        if (seen.End is StreamEnd.Fin or StreamEnd.Open)
        {
            // The driver closes what the server has closed, and resets what it still holds open (StreamRecorder).
            TimeSpan last = _seen.Duration > seen.EndAt ? _seen.Duration : seen.EndAt;
            _acts.Add((last, () => Leave(seen, tcp, client, Time(last))));
        }
    }

    private void EndOf(StreamTranscript seen, SyntheticTcp tcp, TcpEnd server, IReadOnlyList<string> comments)
    {
        long at = Time(seen.EndAt);
        switch (seen.End)
        {
            case StreamEnd.Fin:
                tcp.Finish(server, at, comments);
                break;
            case StreamEnd.Rst:
                tcp.Reset(server, at, comments);
                break;
            case StreamEnd.Left when !tcp.IsReset && !tcp.HasFin(server == TcpEnd.Initiator ? TcpEnd.Responder : TcpEnd.Initiator):
                // No step of the scenario: its aux mode is to accept and reset.
                tcp.Reset(server == TcpEnd.Initiator ? TcpEnd.Responder : TcpEnd.Initiator, at, comments);
                break;
            default:
                _pending.AddRange(comments);
                break;
        }
    }

    private static void Leave(StreamTranscript seen, SyntheticTcp tcp, TcpEnd client, long at)
    {
        if (seen.End == StreamEnd.Fin)
        {
            tcp.Finish(client, at);
        }
        else
        {
            tcp.Reset(client, at, "the watch is over: the client resets what is still open");
        }
    }

    private IReadOnlyList<string> Findings(StreamName stream, Func<Finding, bool> fits) =>
        [.. _exchange.Findings.Where(f => f.Stream == stream && fits(f)).Select(f => "finding: " + f.Text)];

    private void Add(SyntheticPacket packet)
    {
        if (_pending.Count > 0 && !packet.Bare)
        {
            packet = packet with { Comments = [.. _pending, .. packet.Comments] };
            _pending.Clear();
        }

        _packets.Add(packet);
    }

    private void SayTheRest()
    {
        IEnumerable<string> late = _pending.Select(note =>
            TranscriptNotes.TryRead(note, out _, out string word, out string text) && word == TranscriptNotes.Did ? Note(TranscriptNotes.Then, text) : note);
        SyntheticPacket last = _packets[^1];
        _packets[^1] = last with
        {
            Comments =
            [
                .. last.Comments,
                .. late,
                .. _seen.UnmetAwaits.Select(unmet => Note(TranscriptNotes.Unmet, unmet)),
                .. _seen.ConnectError is { } error ? [Note(TranscriptNotes.Error, error)] : Array.Empty<string>(),
                Note(TranscriptNotes.Done, TranscriptNotes.Counts(_seen)),
            ],
        };
    }

    private static TcpEnd Client(StreamName? stream) => stream == StreamName.Aux ? TcpEnd.Responder : TcpEnd.Initiator;

    private string Note(string word, string text = "") => TranscriptNotes.Of(_number, word, text);

    private long Time(TimeSpan at) => _start + (at.Ticks * TimeSpan.NanosecondsPerTick);
}
