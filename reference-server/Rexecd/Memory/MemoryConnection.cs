using System.Buffers;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>
/// A connection in memory. Its client's end is here for whoever plays the client; the server's is <see cref="IConnection"/>.
/// Both show what Linux shows over loopback. For one thread: what the client does, the server has answered when the call returns.
/// </summary>
public sealed class MemoryConnection : IConnection
{
    /// <summary>Bytes that are kept of what the server sends; more holds the server up, like a client that does not read.</summary>
    public const int MostKept = 256 * 1024;

    private const int SmallOutput = 2048;

    private readonly VirtualTime _time;
    private readonly Action _answers;
    private readonly MemoryInput _input = new();
    private readonly MemoryWait _receiving = new();
    private readonly MemoryWait _sending = new();
    private Memory<byte> _into;
    private bool _peeks;
    private byte[] _kept = [];
    private bool _pooled;
    private int _count;
    private bool _clientEnded;
    private bool _clientGone;
    private bool _reset;
    private bool _resetTold;
    private bool _shut;

    /// <param name="time">Of the session.</param>
    /// <param name="answers">Called before the server sends.</param>
    internal MemoryConnection(VirtualTime time, Action answers)
    {
        _time = time;
        _answers = answers;
        ConnectedAt = time.Now;
    }

    /// <summary>What the server has sent; nothing any more once the session is finished.</summary>
    public ReadOnlySpan<byte> Received => _kept.AsSpan(0, _count);

    /// <summary>How the server ended it.</summary>
    public MemoryEnd End { get; private set; }

    /// <summary>Whether nothing more comes: it has ended, or more than is kept has come.</summary>
    public bool Ended => End != MemoryEnd.Open || Overflow;

    /// <summary>Whether the server sent more than is kept.</summary>
    public bool Overflow { get; private set; }

    /// <summary>When it was made, since the beginning.</summary>
    public TimeSpan ConnectedAt { get; }

    /// <summary>When it ended, since the beginning.</summary>
    public TimeSpan EndedAt { get; private set; }

    /// <summary>Whether the server has closed it.</summary>
    public bool Closed { get; private set; }

    int IConnection.Available => _input.Count;

    bool IConnection.Readable => Ready;

    bool IConnection.Failed => _reset;

    Socket IConnection.Socket => throw new NotSupportedException("a connection in memory has no socket");

    private bool Ready => _input.Count > 0 || _clientEnded || _reset || _shut;

    /// <summary>The client sends a segment; false if the connection is gone. The array is the connection's from now on.</summary>
    public bool Send(byte[] bytes)
    {
        if (_clientGone || _clientEnded || Closed)
        {
            return false;
        }

        _input.Add(bytes);
        Wake();
        return true;
    }

    /// <summary>The client sends no more, and reads on.</summary>
    public void HalfClose()
    {
        _clientEnded |= !_clientGone;
        Wake();
    }

    /// <summary>The client leaves.</summary>
    /// <param name="reset">With a reset: what it had sent before can still be read.</param>
    public void Leave(bool reset)
    {
        if (_clientGone)
        {
            return;
        }

        _clientGone = true;
        _reset = reset;
        _clientEnded |= !reset;
        Finish(MemoryEnd.Left);
        if (_reset)
        {
            _sending.End(Lost());
        }
        else
        {
            _reset = _sending.Waits; // What is under way meets nobody.
            _sending.End(0);
        }

        Wake();
    }

    ValueTask<int> IConnection.PeekAsync(Memory<byte> buffer, CancellationToken cancel) => ReadAsync(buffer, peeks: true, cancel);

    ValueTask<int> IConnection.ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => ReadAsync(buffer, peeks: false, cancel);

    void IConnection.Take(Span<byte> buffer, int count) => _input.Take(count);

    void IConnection.Discard() => _input.Take(_input.Count);

    ValueTask IConnection.SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Closed, this);
        if (_reset || _shut)
        {
            throw Lost();
        }

        if (_clientGone)
        {
            _reset = true; // The answer to this segment.
            return ValueTask.CompletedTask;
        }

        if (bytes.Length > 0)
        {
            _answers();
            Keep(bytes.Span);
        }

        if (!Overflow)
        {
            return ValueTask.CompletedTask;
        }

        _sending.Begin(cancel);
        return new ValueTask(_sending, _sending.Version);
    }

    void IConnection.Shutdown()
    {
        if (_reset)
        {
            throw new SocketException((int)SocketError.NotConnected);
        }

        _shut = true;
        Finish(MemoryEnd.Fin);
        Wake();
    }

    void IDisposable.Dispose()
    {
        if (!Closed)
        {
            Closed = true;
            Finish(_input.Count > 0 ? MemoryEnd.Rst : MemoryEnd.Fin);
        }
    }

    private void Finish(MemoryEnd end)
    {
        if (End == MemoryEnd.Open)
        {
            End = end;
            EndedAt = _time.Now;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        Overflow |= bytes.Length > MostKept - _count;
        bytes = bytes[..Math.Min(bytes.Length, MostKept - _count)];
        if (_count + bytes.Length > _kept.Length)
        {
            Grow(_count + bytes.Length);
        }

        bytes.CopyTo(_kept.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Gives the memory of what was received back.</summary>
    internal void Release()
    {
        if (_pooled)
        {
            ArrayPool<byte>.Shared.Return(_kept);
        }

        (_kept, _count, _pooled) = ([], 0, false);
    }

    private void Grow(int least)
    {
        byte[] before = _kept;
        bool pooled = _pooled;

        // Much output is rare, and large arrays of one use each are what collections are slow at.
        _pooled = least > SmallOutput;
        _kept = _pooled ? ArrayPool<byte>.Shared.Rent(least > MostKept / 8 ? MostKept : 2 * least) : new byte[Math.Max(least, 2 * before.Length)];
        before.AsSpan(0, _count).CopyTo(_kept);
        if (pooled)
        {
            ArrayPool<byte>.Shared.Return(before);
        }
    }

    private ValueTask<int> ReadAsync(Memory<byte> buffer, bool peeks, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Closed, this);
        if (Ready)
        {
            return TellsReset ? throw Lost() : ValueTask.FromResult(_input.Read(buffer.Span, peeks));
        }

        (_into, _peeks) = (buffer, peeks);
        _receiving.Begin(cancel);
        return new ValueTask<int>(_receiving, _receiving.Version);
    }

    // The kernel tells of a reset once, and not at all to whoever has read the client's half-close; then it is an end.
    private bool TellsReset => _input.Count == 0 && _reset && !_resetTold && !_clientEnded;

    private SocketException Lost()
    {
        bool first = _reset && !_resetTold && !_clientEnded;
        _resetTold |= _reset;
        return new SocketException((int)(first ? SocketError.ConnectionReset : SocketError.Shutdown));
    }

    private void Wake()
    {
        if (!_receiving.Waits || !Ready)
        {
            return;
        }

        if (TellsReset)
        {
            _receiving.End(Lost());
        }
        else
        {
            _receiving.End(_input.Read(_into.Span, _peeks));
        }
    }
}
