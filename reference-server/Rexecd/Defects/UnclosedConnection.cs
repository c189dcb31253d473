using System.Net.Sockets;

namespace Rexecd;

/// <summary><see cref="Defect.AuxLeftOpen"/>: a connection that nobody but the end of the server closes.</summary>
internal sealed class UnclosedConnection(IConnection inner) : IConnection
{
    public int Available => inner.Available;

    public bool Readable => inner.Readable;

    public bool Failed => inner.Failed;

    public Socket Socket => inner.Socket;

    public ValueTask<int> PeekAsync(Memory<byte> buffer, CancellationToken cancel) => inner.PeekAsync(buffer, cancel);

    public void Take(Span<byte> buffer, int count) => inner.Take(buffer, count);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => inner.ReceiveAsync(buffer, cancel);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => inner.SendAsync(bytes, cancel);

    public void Shutdown()
    {
    }

    public void Discard() => inner.Discard();

    public void Dispose()
    {
    }
}
