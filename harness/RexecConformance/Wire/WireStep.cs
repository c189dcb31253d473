using RexecConformance.Transcripts;

namespace RexecConformance.Wire;

/// <summary>One act of the client, with all places filled in.</summary>
public abstract record WireStep;

/// <summary>Bytes in one TCP segment.</summary>
public sealed record Send(StreamName Stream, byte[] Bytes) : WireStep;

/// <summary>Nothing for a while.</summary>
public sealed record Pause(TimeSpan Duration) : WireStep;

/// <summary>FIN; reading goes on.</summary>
public sealed record HalfClose(StreamName Stream) : WireStep;

/// <summary>Close of both directions.</summary>
public sealed record Close(StreamName Stream) : WireStep;

/// <summary>RST.</summary>
public sealed record Reset(StreamName Stream) : WireStep;

/// <summary>Wait for the server's auxiliary connection.</summary>
public sealed record AwaitAux(TimeSpan Within) : WireStep;

/// <summary>Wait until a stream has received this many bytes in all.</summary>
public sealed record AwaitBytes(StreamName Stream, int Count, TimeSpan Within) : WireStep;

/// <summary>Wait until the server has ended a stream.</summary>
public sealed record AwaitEnd(StreamName Stream, TimeSpan Within) : WireStep;

/// <summary>What to wait for on a stream after the last step.</summary>
/// <param name="ExpectConnection">False: the stream is not expected to be there at all.</param>
/// <param name="Bytes">How many bytes are expected.</param>
/// <param name="OpenFor">Null: wait for the end. Else: once the bytes are there, the stream must stay open and silent this long.</param>
/// <param name="Within">The longest wait, from the last step.</param>
public sealed record StreamWait(bool ExpectConnection, int Bytes, TimeSpan? OpenFor, TimeSpan Within)
{
    /// <summary>The wait for the end unless a scenario says otherwise.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the end of the stream, whatever comes.</summary>
    public static StreamWait ForEnd { get; } = new(true, 0, null, DefaultWithin);

    /// <summary>The stream is not expected.</summary>
    public static StreamWait ForNothing { get; } = new(false, 0, null, DefaultWithin);
}

/// <summary>One exchange to drive.</summary>
/// <param name="Steps">What the client does.</param>
/// <param name="Primary">What to wait for on the primary connection.</param>
/// <param name="Aux">What to wait for on the auxiliary connection.</param>
/// <param name="ReadAfter">Null, or how long after the last step reading of the primary begins.</param>
/// <param name="ReceiveBuffer">Null, or the receive buffer of the primary in bytes.</param>
/// <param name="AwaitAtMost">Null, or the longest that any awaiting step waits, because nothing is expected to come.</param>
public sealed record Exchange(
    IReadOnlyList<WireStep> Steps,
    StreamWait Primary,
    StreamWait Aux,
    TimeSpan? ReadAfter = null,
    int? ReceiveBuffer = null,
    TimeSpan? AwaitAtMost = null);
