using RexecConformance.Baselines;

namespace RexecConformance.Comparing;

/// <summary>One stream as far as two targets are compared: no times.</summary>
/// <param name="Connected">Whether there was a connection.</param>
/// <param name="Bytes">The bytes received.</param>
/// <param name="End">How it ended; <see cref="RecordedEnd.Closed"/> where the expectation takes either end.</param>
public sealed record ComparedStream(bool Connected, byte[] Bytes, RecordedEnd End)
{
    /// <summary>Not judged, so no difference either.</summary>
    public bool Unjudged { get; init; }

    /// <summary>Of a stream that a result file cuts off: the hash of all of it.</summary>
    public string? Digest { get; init; }

    /// <summary>The server repeats itself without end, as expected: how far it got is left to chance.</summary>
    public bool Endless { get; init; }

    /// <summary>Leaves out what is not compared.</summary>
    public static ComparedStream Of(RecordedStream stream) => new(stream.Connected, stream.Bytes, stream.End) { Unjudged = stream.Unjudged };

    /// <summary>Whether the bytes, the connection or the end differ; <paramref name="race"/>: FIN and RST are the same.</summary>
    public bool DiffersFrom(ComparedStream other, bool race) =>
        !Unjudged && !other.Unjudged && (Connected != other.Connected || !SameBytes(other) || !SameEnd(other, race));

    /// <summary>Whether the bytes are the same; where the client left first, as far as it had got by then, which is a race.</summary>
    public bool SameBytes(ComparedStream other) => End == RecordedEnd.Left || other.End == RecordedEnd.Left || (Endless && other.Endless)
        ? Bytes.AsSpan().StartsWith(other.Bytes) || other.Bytes.AsSpan().StartsWith(Bytes)
        : Digest == other.Digest && Bytes.AsSpan().SequenceEqual(other.Bytes);

    private bool SameEnd(ComparedStream other, bool race) =>
        End == other.End
        || End == RecordedEnd.Left || other.End == RecordedEnd.Left
        || (race && End != RecordedEnd.Open && other.End != RecordedEnd.Open);
}

/// <summary>One exchange as it is compared.</summary>
/// <param name="Primary">The primary connection.</param>
/// <param name="Aux">The auxiliary connection.</param>
/// <param name="ConnectError">Why there was no connection, or null.</param>
public sealed record ComparedExchange(ComparedStream Primary, ComparedStream Aux, string? ConnectError)
{
    /// <summary>Leaves out what is not compared.</summary>
    public static ComparedExchange Of(RecordedExchange exchange) =>
        new(ComparedStream.Of(exchange.Primary), ComparedStream.Of(exchange.Aux), exchange.ConnectError);
}
