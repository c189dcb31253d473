using System.Buffers;

namespace Rexecd;

/// <summary>
/// Reads a request from the primary connection without taking a byte too many: looks (MSG_PEEK), parses, and takes
/// exactly what the parser took. What follows stays in the kernel, where it is the command's standard input, or turns the
/// close into a reset, as it does with a server that reads single bytes.
/// </summary>
internal sealed class RequestReader(IConnection primary, Dialect dialect, Defects defects) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(8192);

    public RequestParser Request { get; } = new(dialect, defects);

    /// <summary>Bytes taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Reads the current field; null is the end of the client's stream within it.</summary>
    public async ValueTask<ParseStatus?> ReadFieldAsync(CancellationToken cancel)
    {
        while (true)
        {
            int seen = await primary.PeekAsync(_buffer, cancel).ConfigureAwait(false);
            if (seen == 0)
            {
                return null;
            }

            ParseStatus status = Request.Read(new ReadOnlySequence<byte>(_buffer, 0, seen), out long taken);
            if (defects.Has(Defect.OneReceivePerField) && status is ParseStatus.Done or ParseStatus.NeedMore)
            {
                if (status == ParseStatus.NeedMore)
                {
                    Request.EndField();
                }

                (status, taken) = (ParseStatus.Done, seen);
            }

            primary.Take(_buffer, (int)taken);
            Taken += taken;
            if (status != ParseStatus.NeedMore)
            {
                return status;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
}
