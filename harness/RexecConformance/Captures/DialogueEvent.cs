using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures;

/// <summary>What one line of a dialogue tells.</summary>
public enum EventKind
{
    /// <summary>A side opens a connection.</summary>
    Connect,

    /// <summary>The handshake of a connection is complete.</summary>
    Connected,

    /// <summary>A side sends bytes, in one segment.</summary>
    Data,

    /// <summary>A side sent bytes that are not in the file.</summary>
    Lost,

    /// <summary>A side ends its direction.</summary>
    Fin,

    /// <summary>A side resets the connection.</summary>
    Rst,
}

/// <summary>Something that one side did, as the file shows it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Side">Who.</param>
/// <param name="Stream">On which connection.</param>
/// <param name="Mark">When. Data that came out of order counts from when it could be delivered.</param>
/// <param name="Offset">Of data: place in what this side sent on this stream.</param>
/// <param name="Bytes">Of data: the bytes.</param>
/// <param name="Length">Of data and lost bytes: how many.</param>
public sealed record DialogueEvent(
    EventKind Kind, Side Side, StreamName Stream, CaptureMark Mark, long Offset, ReadOnlyMemory<byte> Bytes, long Length)
{
    internal static IEnumerable<DialogueEvent> Of(TcpConnection connection, StreamName stream, Packets.HostPort client)
    {
        var opener = connection.Initiator == client ? Side.Client : Side.Server;
        yield return new DialogueEvent(EventKind.Connect, opener, stream, connection.Start, 0, default, 0);
        if (connection.Established is { } established)
        {
            yield return new DialogueEvent(EventKind.Connected, opener, stream, established, 0, default, 0);
        }

        foreach (var direction in new[] { connection.FromInitiator, connection.FromResponder })
        {
            foreach (var item in Of(direction, stream, direction.From == client ? Side.Client : Side.Server))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<DialogueEvent> Of(TcpDirection direction, StreamName stream, Side side)
    {
        var delivered = direction.Syn ?? default;
        var lost = new Queue<LostBytes>(direction.Lost);
        foreach (var piece in direction.Pieces)
        {
            delivered = piece.Mark.Frame > delivered.Frame ? piece.Mark : delivered;
            if (lost.TryPeek(out var hole) && hole.Offset < piece.Offset)
            {
                yield return new DialogueEvent(EventKind.Lost, side, stream, delivered, hole.Offset, default, lost.Dequeue().Length);
            }

            yield return new DialogueEvent(EventKind.Data, side, stream, delivered, piece.Offset, piece.Bytes, piece.Bytes.Length);
        }

        foreach (var hole in lost)
        {
            yield return new DialogueEvent(EventKind.Lost, side, stream, direction.EndMark ?? delivered, hole.Offset, default, hole.Length);
        }

        foreach (var (kind, mark) in new[] { (EventKind.Fin, direction.Fin), (EventKind.Rst, direction.Rst) })
        {
            if (mark is { } end)
            {
                var after = end.Frame > delivered.Frame || kind == EventKind.Rst ? end : delivered;
                yield return new DialogueEvent(kind, side, stream, after, direction.Length, default, 0);
            }
        }
    }
}
