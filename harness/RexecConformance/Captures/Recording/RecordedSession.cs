using System.Globalization;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Captures.Writing;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Recording;

/// <summary>One conversation: the primary connection, and the aux connections that belong to it.</summary>
internal sealed class RecordedSession(Socket socket, RecordOptions options, CaptureLog log)
{
    private const int ShownUserName = 64;

    private const string RefusedByClient = "the client refused the stderr connection: the server's side was ended as servers do";

    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(30);

    // Servers that connect before they read the user name do it at once; on a slow network a little later.
    private static readonly TimeSpan s_auxWithin = TimeSpan.FromSeconds(1);


    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly HeldPortField _field = new();
    private readonly TaskCompletionSource<AuxCarrier?> _auxKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IPEndPoint _client = (IPEndPoint)socket.RemoteEndPoint!;
    private readonly IPEndPoint _self = (IPEndPoint)socket.LocalEndPoint!;
    private readonly List<byte> _afterPort = [];
    private long _activeAt = Environment.TickCount64;
    private string _why = "the recorder was stopped";
    private bool _fieldDone;
    private AuxCarrier? _carrier;
    private LoggedTcp? _primaryLog;
    private IPAddress? _upstreamLocal;
    private Socket? _upstream;
    private Relay? _primary;
    private bool _auxAnswered;

    /// <summary>Carries the conversation to its end. Returns one line about it, without the password.</summary>
    /// <param name="cancel">Resets all of it.</param>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        _primaryLog = log.Connection(_client, _self);
        _primaryLog.Connect(PrimaryNote.Text);
        _primaryLog.Accept();
        socket.NoDelay = true;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Socket? upstream = await ConnectAsync(over.Token);
        if (upstream is null)
        {
            return $"{_client}: {_why}";
        }

        _upstream = upstream;
        var primary = _primary = new Relay(new RelaySide(socket, TcpEnd.Initiator), new RelaySide(upstream, TcpEnd.Responder), _primaryLog, Active)
        {
            FromClient = TakeAsync,
            HeldBack = () => _fieldDone ? [] : _field.Unchanged,
        };
        using var ended = new CancellationTokenSource();
        Task watching = WatchAsync(over, ended.Token);
        Task main = primary.RunAsync(over.Token, () => _why);
        Task aux = AuxAsync(main, over.Token);
        await main;
        _ = _auxKnown.TrySetResult(null);
        await aux;
        await ended.CancelAsync();
        await watching;
        return Line(primary, await _auxKnown.Task);
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancel)
    {
        var upstream = new Socket(options.Upstream.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            within.CancelAfter(s_connectWithin);
            await upstream.ConnectAsync(options.Upstream, within.Token);
            _upstreamLocal = ((IPEndPoint)upstream.LocalEndPoint!).Address;
            return upstream;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            _why = cancel.IsCancellationRequested ? _why
                : $"no connection to the server {options.Upstream}: {(e is SocketException ? e.Message : $"no answer within {s_connectWithin.TotalSeconds:0} s")}";
            upstream.Dispose();
            _primaryLog!.Reset(TcpEnd.Responder, _why);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Records what the client sent, and changes the port field on its way.</summary>
    private async Task<IReadOnlyList<byte[]>> TakeAsync(byte[] bytes, CancellationToken cancel)
    {
        _carrier?.NoteAccepted();
        if (_fieldDone)
        {
            _primaryLog!.Send(TcpEnd.Initiator, bytes);
            KeepUserName(bytes);
            return await AuxAllowsAsync(cancel) ? [bytes] : [];
        }

        _field.Add(bytes);
        if (!_field.Complete && !_field.TooLong)
        {
            _primaryLog!.Send(TcpEnd.Initiator, bytes);
            return [];
        }

        _fieldDone = true;
        (IReadOnlyList<byte[]> segments, string? comment) = Rewritten();
        _primaryLog!.Send(TcpEnd.Initiator, bytes, comment);
        KeepUserName(_field.Complete ? _field.Unchanged.SelectMany(segment => segment).Skip(_field.Text.Length + 1) : []);
        return _carrier is null ? segments : await PortFirstAsync(segments, cancel);
    }

    /// <summary>Gives the server the port alone; what came with it goes on when the client has taken the server's connection.</summary>
    private async Task<IReadOnlyList<byte[]>> PortFirstAsync(IReadOnlyList<byte[]> segments, CancellationToken cancel)
    {
        byte[] last = segments[^1];
        byte[] rest = last[(last.Length - _field.After)..];
        try
        {
            foreach (byte[] segment in (IEnumerable<byte[]>)[.. segments.SkipLast(1), last[..(last.Length - rest.Length)]])
            {
                await SegmentSender.SendAsync(_upstream!, segment, cancel, patience: long.MaxValue);
            }
        }
        catch (SocketException)
        {
            // The server is gone, which its own direction tells.
            return [];
        }

        return rest.Length > 0 && await AuxAllowsAsync(cancel) ? [rest] : [];
    }

    /// <summary>
    /// Waits for the client's answer to the server's connection: a server that is refused ends the conversation, and what the client
    /// had asked for must not run. A server that connects later than just after the port is not waited for.
    /// </summary>
    private async Task<bool> AuxAllowsAsync(CancellationToken cancel)
    {
        if (_carrier is null || _auxAnswered)
        {
            return true;
        }

        await _carrier.AnsweredAsync(s_auxWithin, cancel);
        _auxAnswered = true;
        if (!_carrier.Refused)
        {
            return true;
        }

        // What servers do: they close, which resets a client whose bytes they had not read.
        await _primary!.EndAsServerAsync(reset: true, RefusedByClient);
        return false;
    }

    private (IReadOnlyList<byte[]> Segments, string? Comment) Rewritten()
    {
        if (_field.Port == 0)
        {
            return (_field.Unchanged, _field.TooLong ? $"no port field in {HeldPortField.Longest} bytes: passed on as it is" : null);
        }

        AuxCarrier carrier;
        try
        {
            carrier = AuxCarrier.Listen(options.AuxAddress ?? _upstreamLocal!, options.Upstream.Address, _self.Address, new IPEndPoint(_client.Address, _field.Port), log, Active);
        }
        catch (SocketException e)
        {
            return (_field.Unchanged, $"the port field was passed on as it is, no port for the aux connection: {e.Message}");
        }

        _carrier = carrier;
        _ = _auxKnown.TrySetResult(carrier);
        byte[] field = PortField.Rewrite(_field.Text, carrier.Port, out string? note);
        string shown = $"port field \"{ByteText.Escape(_field.Text)}\" was rewritten to \"{ByteText.Escape(field)}\" on the server's side";
        return (_field.With(field), note is null ? shown : $"{shown} ({note})");
    }

    private async Task AuxAsync(Task primary, CancellationToken cancel)
    {
        if (await _auxKnown.Task is { } carrier)
        {
            carrier.ClientRefused = () => _primary!.EndAsServerAsync(reset: _afterPort.Count > 0, RefusedByClient);
            await carrier.RunAsync(primary, cancel, () => _why);
        }
    }

    private async Task WatchAsync(CancellationTokenSource over, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(250, ended);
                TimeSpan idle = TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _activeAt));
                if (options.IdleLimit > TimeSpan.Zero && idle >= options.IdleLimit)
                {
                    _why = string.Create(CultureInfo.InvariantCulture, $"the recorder ended it: idle for {options.IdleLimit.TotalSeconds:0.###} s");
                    await over.CancelAsync();
                    return;
                }

                if (options.TotalLimit > TimeSpan.Zero && _clock.Elapsed >= options.TotalLimit)
                {
                    _why = string.Create(CultureInfo.InvariantCulture, $"the recorder ended it: {options.TotalLimit.TotalSeconds:0.###} s in all");
                    await over.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation is over.
        }
    }

    private void Active() => Interlocked.Exchange(ref _activeAt, Environment.TickCount64);

    // The field after the port's: the password comes later and is never kept.
    private void KeepUserName(IEnumerable<byte> bytes)
    {
        if (_afterPort.Count <= ShownUserName && !_afterPort.Contains(0))
        {
            _afterPort.AddRange(bytes.Take(ShownUserName + 1));
            int nul = _afterPort.IndexOf(0);
            if (nul >= 0)
            {
                _afterPort.RemoveRange(nul + 1, _afterPort.Count - nul - 1);
            }
        }
    }

    private string Line(Relay primary, AuxCarrier? aux)
    {
        int nul = _afterPort.IndexOf(0);

        // A client that forgets the port field sends the password in this place.
        bool inPlace = _field.Text.AsSpan().IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        string user = nul < 0 ? "not sent whole" : inPlace ? $"\"{ByteText.Escape([.. _afterPort[..nul]])}\"" : "hidden (the port field is no number)";
        var line = new StringBuilder($"{_client}: user {user}, {primary.Client.Bytes} bytes sent, {primary.Server.Bytes} received, ");
        _ = line.Append(aux switch
        {
            null => "no stderr connection asked for",
            { Relays: [] } => aux.Refused ? "stderr connection refused by the client" : "no stderr connection made",
            _ => $"{aux.Relays.Sum(one => one.Server.Bytes)} received on the stderr connection",
        });
        return line.Append(CultureInfo.InvariantCulture, $", end {primary.Server.Ended.ToString().ToLowerInvariant()} after {_clock.Elapsed.TotalSeconds:0.000} s").ToString();
    }
}
