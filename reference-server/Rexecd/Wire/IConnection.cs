using System.Net.Sockets;

namespace Rexecd;

/// <summary>The server's end of one connection: a TCP connection, or one in memory that shows a client the same.</summary>
/// <remarks>None may be disposed while a receive is pending on it (.NET would reset it): whoever receives cancels and awaits first.</remarks>
internal interface IConnection : IDisposable
{
    /// <summary>Bytes that have come and were not read.</summary>
    /// <exception cref="SocketException">The connection is gone.</exception>
    int Available { get; }

    /// <summary>Whether a receive would return at once: bytes, the client's half-close, or an error.</summary>
    bool Readable { get; }

    /// <summary>Whether the client has reset it, which nobody has been told of.</summary>
    bool Failed { get; }

    /// <summary>For real shells, which inherit it.</summary>
    /// <exception cref="NotSupportedException">There is none: a connection in memory.</exception>
    Socket Socket { get; }

    /// <summary>Whether the client has half-closed and all before that was read.</summary>
    bool HalfClosed => Readable && Available == 0;

    /// <summary>Waits for bytes and leaves them where they are; 0 is the client's half-close.</summary>
    /// <exception cref="SocketException">The client has reset it.</exception>
    ValueTask<int> PeekAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <summary>Takes bytes that <see cref="PeekAsync"/> has shown.</summary>
    /// <param name="buffer">Room for them.</param>
    /// <param name="count">How many; they are there, so this returns at once.</param>
    void Take(Span<byte> buffer, int count);

    /// <summary>Waits for bytes and takes them; 0 is the client's half-close.</summary>
    /// <exception cref="SocketException">The client has reset it.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="SocketException">The client is gone, or this end is shut down.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Ends both directions without closing.</summary>
    /// <exception cref="SocketException">The client has reset it.</exception>
    void Shutdown();

    /// <summary>Drops what has come and was not read, so that a close is no reset.</summary>
    /// <exception cref="SocketException">The client has reset it.</exception>
    void Discard();
}
