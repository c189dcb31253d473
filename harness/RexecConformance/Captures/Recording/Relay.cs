using System.Net.Sockets;
using RexecConformance.Captures.Writing;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Recording;

/// <summary>How one end of a relayed connection ended.</summary>
internal enum RelayEnd
{
    /// <summary>Not seen to end.</summary>
    Open,

    /// <summary>Orderly.</summary>
    Fin,

    /// <summary>Reset.</summary>
    Rst,
}

/// <summary>One side of a relayed connection.</summary>
internal sealed class RelaySide(Socket socket, TcpEnd end)
{
    /// <summary>Ours to that side.</summary>
    public Socket Socket => socket;

    /// <summary>Which end it is in the recorded connection.</summary>
    public TcpEnd End => end;

    /// <summary>Bytes that it sent.</summary>
    public long Bytes { get; set; }

    /// <summary>How it ended.</summary>
    public RelayEnd Ended { get; set; }

    /// <summary>Whether we have sent it a FIN.</summary>
    public bool Told { get; set; }
}

/// <summary>
/// Carries one connection between the client and the server: bytes as they come, one write for each read, half-closes and resets.
/// Everything is recorded before it is passed on, so that no side ever has what the file lacks.
/// </summary>
internal sealed class Relay(RelaySide client, RelaySide server, LoggedTcp log, Action active)
{
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_watch = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();

    // Never disposed of: whoever ends the connection from outside may still cancel it when all is over.
    private readonly CancellationTokenSource _over = new();
    private bool _endedHere;

    /// <summary>The client's side.</summary>
    public RelaySide Client => client;

    /// <summary>The server's side.</summary>
    public RelaySide Server => server;

    /// <summary>What is done with bytes of the client before they are passed on: recording them, and perhaps changing them. Null: only record.</summary>
    public Func<byte[], CancellationToken, Task<IReadOnlyList<byte[]>>>? FromClient { get; init; }

    /// <summary>What the client's bytes that are still held back are, when it ends.</summary>
    public Func<IReadOnlyList<byte[]>>? HeldBack { get; init; }

    /// <summary>Runs until both sides have ended, one has reset, or it is cancelled; then both sockets are closed.</summary>
    /// <param name="cancel">Resets both sides.</param>
    /// <param name="why">Says why it was cancelled, for the file.</param>
    public async Task RunAsync(CancellationToken cancel, Func<string> why)
    {
        await using (cancel.Register(() => Abort(why())))
        {
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }

        await _over.CancelAsync();
        client.Socket.Dispose();
        server.Socket.Dispose();
    }

    /// <summary>Ends it as if the server had: the client gets a reset, or an orderly end; the server a reset.</summary>
    /// <param name="reset">Which of the two the client gets.</param>
    /// <param name="why">Says why, for the file.</param>
    public async Task EndAsServerAsync(bool reset, string why)
    {
        lock (_lock)
        {
            if (_over.IsCancellationRequested || client.Ended == RelayEnd.Rst || server.Ended != RelayEnd.Open)
            {
                return;
            }

            _endedHere = true;
            server.Ended = reset ? RelayEnd.Rst : RelayEnd.Fin;
            if (reset)
            {
                log.Reset(server.End, why);
            }
            else
            {
                log.Finish(server.End);
            }
        }

        // The client first: with the server's side gone the pumps end, and what they leave open is closed in order.
        if (reset)
        {
            Close(client);
        }

        Close(server);

        // To be closed in order, a socket must not be waited on: it is closed when the pumps have let go of it.
        await _over.CancelAsync();
    }

    private async Task PumpAsync(RelaySide from, RelaySide to)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int count;
                try
                {
                    count = await from.Socket.ReceiveAsync(buffer, SocketFlags.None, _over.Token);
                }
                catch (SocketException)
                {
                    await ResetAsync(from, to);
                    return;
                }

                active();
                if (count == 0)
                {
                    await FinishAsync(from, to);
                    return;
                }

                from.Bytes += count;
                foreach (byte[] segment in await TakeAsync(from, buffer[..count]))
                {
                    if (!await SendAsync(to, segment))
                    {
                        // The kernel says only once that the other side has reset, and it has said it to us.
                        await ResetAsync(to, from);
                        return;
                    }
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The other direction has ended the connection.
        }
    }

    private async Task<IReadOnlyList<byte[]>> TakeAsync(RelaySide from, byte[] bytes)
    {
        if (from == client && FromClient is { } take)
        {
            return await take(bytes, _over.Token);
        }

        log.Send(from.End, bytes);
        return [bytes];
    }

    private async Task<bool> SendAsync(RelaySide to, byte[] segment)
    {
        try
        {
            await SegmentSender.SendAsync(to.Socket, segment, _over.Token, patience: long.MaxValue);
            active();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task FinishAsync(RelaySide from, RelaySide to)
    {
        // A send in the other direction may have been told of the reset; what is left for the receive looks like an orderly end.
        if (!from.Told && IsGone(from))
        {
            await ResetAsync(from, to);
            return;
        }

        IReadOnlyList<byte[]> held = from == client ? HeldBack?.Invoke() ?? [] : [];
        foreach (byte[] segment in held)
        {
            _ = await SendAsync(to, segment);
        }

        lock (_lock)
        {
            if (from.Ended != RelayEnd.Open || _endedHere || _over.IsCancellationRequested)
            {
                return;
            }

            from.Ended = RelayEnd.Fin;
            log.Finish(from.End);
            to.Told = true;
        }

        try
        {
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is gone already; its own direction tells how.
        }

        await WatchAsync(from, to);
    }

    /// <summary>After its FIN a side may still reset, which only the state of the connection shows while nothing is sent to it.</summary>
    private async Task WatchAsync(RelaySide from, RelaySide to)
    {
        while (!from.Told)
        {
            if (IsGone(from))
            {
                await ResetAsync(from, to);
                return;
            }

            await Task.Delay(s_watch, _over.Token);
        }
    }

    /// <summary>Passes a reset on, once what was sent before it is out.</summary>
    private async Task ResetAsync(RelaySide from, RelaySide to)
    {
        lock (_lock)
        {
            if (_endedHere || _over.IsCancellationRequested || from.Ended == RelayEnd.Rst || to.Ended == RelayEnd.Rst)
            {
                return;
            }

            from.Ended = RelayEnd.Rst;
            log.Reset(from.End);
        }

        long until = Environment.TickCount64 + (long)s_drain.TotalMilliseconds;
        while (NotSent(to) > 0 && Environment.TickCount64 < until)
        {
            await Task.Delay(1, CancellationToken.None);
        }

        Close(to);
        Close(from);
        await _over.CancelAsync();
    }

    private void Abort(string why)
    {
        lock (_lock)
        {
            if (_over.IsCancellationRequested || client.Ended == RelayEnd.Rst || server.Ended == RelayEnd.Rst)
            {
                return;
            }

            log.Reset(server.End, why);
            server.Ended = RelayEnd.Rst;
        }

        Close(client);
        Close(server);
        _over.Cancel();
    }

    private static bool IsGone(RelaySide side)
    {
        try
        {
            return TcpInfo.Of(side.Socket) is { Closed: true };
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static int NotSent(RelaySide side)
    {
        try
        {
            return TcpInfo.Of(side.Socket) is { Closed: false, NotSent: var waiting } ? waiting : 0;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    private static void Close(RelaySide side)
    {
        try
        {
            side.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        side.Socket.Dispose();
    }
}
