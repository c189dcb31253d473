using System.Net.Sockets;

namespace Rexecd;

/// <summary>A connection of the kernel.</summary>
internal sealed class TcpConnection(Socket socket) : IConnection
{
    public int Available => socket.Available;

    public bool Readable => socket.Poll(0, SelectMode.SelectRead);

    public bool Failed => socket.Poll(0, SelectMode.SelectError);

    public Socket Socket => socket;

    public ValueTask<int> PeekAsync(Memory<byte> buffer, CancellationToken cancel) => socket.ReceiveAsync(buffer, SocketFlags.Peek, cancel);

    public void Take(Span<byte> buffer, int count)
    {
        for (int done = 0; done < count;)
        {
            int part = socket.Receive(buffer[..(count - done)], SocketFlags.None);
            if (part == 0)
            {
                return;
            }

            done += part;
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => socket.ReceiveAsync(buffer, cancel);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _ = await socket.SendAsync(bytes, cancel).ConfigureAwait(false);

    public void Shutdown() => socket.Shutdown(SocketShutdown.Both);

    public void Discard()
    {
        Span<byte> rest = stackalloc byte[256];
        while (socket.Available > 0 && socket.Receive(rest) > 0)
        {
        }
    }

    public void Dispose() => socket.Dispose();
}
