using System.Buffers;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>
/// Reads a request from the primary connection without taking a byte too many: looks (MSG_PEEK), parses, and takes
/// exactly what the parser took. What follows stays in the kernel, where it is the command's standard input, or turns the
/// close into a reset, as it does with a server that reads single bytes.
/// </summary>
internal sealed class RequestReader(Socket primary, Dialect dialect) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(8192);

    public RequestParser Request { get; } = new(dialect);

    /// <summary>Bytes taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Reads the current field; null is the end of the client's stream within it.</summary>
    public async ValueTask<ParseStatus?> ReadFieldAsync(CancellationToken cancel)
    {
        while (true)
        {
            int seen = await primary.ReceiveAsync(_buffer.AsMemory(), SocketFlags.Peek, cancel).ConfigureAwait(false);
            if (seen == 0)
            {
                return null;
            }

            ParseStatus status = Request.Read(new ReadOnlySequence<byte>(_buffer, 0, seen), out long taken);
            Take((int)taken);
            Taken += taken;
            if (status != ParseStatus.NeedMore)
            {
                return status;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);

    private void Take(int count)
    {
        // These bytes are there, so this returns at once.
        for (int done = 0; done < count;)
        {
            int part = primary.Receive(_buffer, 0, count - done, SocketFlags.None);
            if (part == 0)
            {
                return;
            }

            done += part;
        }
    }
}
