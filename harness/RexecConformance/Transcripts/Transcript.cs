using System.Net;
using RexecConformance.Bytes;

namespace RexecConformance.Transcripts;

/// <summary>How the server's side of a stream ended, as the client saw it.</summary>
public enum StreamEnd
{
    /// <summary>Not ended while it was watched.</summary>
    Open,

    /// <summary>Orderly close.</summary>
    Fin,

    /// <summary>Reset.</summary>
    Rst,

    /// <summary>The client itself left first (closed or reset the stream), so no end of the server can be seen.</summary>
    Left,
}

/// <summary>Bytes that were received at once.</summary>
/// <param name="At">Time since the exchange began.</param>
/// <param name="Bytes">The bytes of one receive call; not necessarily one segment of the server.</param>
public sealed record ReceivedChunk(TimeSpan At, byte[] Bytes);

/// <summary>What one stream brought from the server.</summary>
public sealed record StreamTranscript
{
    /// <summary>Whether there was a connection at all.</summary>
    public required bool Connected { get; init; }

    /// <summary>The client's end of it, or null where it is not known.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>The server's end of it, or null where it is not known.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>When it was there, since the exchange began.</summary>
    public TimeSpan ConnectedAt { get; init; }

    /// <summary>Everything received, in order.</summary>
    public required IReadOnlyList<ReceivedChunk> Chunks { get; init; }

    /// <summary>How it ended.</summary>
    public required StreamEnd End { get; init; }

    /// <summary>When it ended (or when watching stopped), since the exchange began.</summary>
    public required TimeSpan EndAt { get; init; }

    /// <summary>True if the server sent more than the driver keeps; the rest was not read.</summary>
    public bool Overflow { get; init; }

    /// <summary>Data segments that the kernel counted as received; -1 if it does not tell.</summary>
    public int Segments { get; init; } = -1;

    /// <summary>
    /// True if the stream was reset on a system that then drops what had arrived but was not read (all but Linux):
    /// bytes before the reset may be missing through no fault of the server.
    /// </summary>
    public bool Uncertain { get; init; }

    /// <summary>All bytes received.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>A stream that never came to be.</summary>
    public static StreamTranscript NotConnected { get; } = new()
    {
        Connected = false,
        Chunks = [],
        End = StreamEnd.Open,
        EndAt = TimeSpan.Zero,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        Connected ? $"\"{ByteText.Escape(Bytes)}\" {End.ToString().ToUpperInvariant()}" : "not connected";
}

/// <summary>What was done, step by step.</summary>
/// <param name="At">Time since the exchange began.</param>
/// <param name="Stream">The stream concerned, or null.</param>
/// <param name="Sent">Bytes sent as one segment, or null.</param>
/// <param name="Text">The event in words: sent, half-close, reset, pause, await...</param>
public sealed record TranscriptEvent(TimeSpan At, StreamName? Stream, byte[]? Sent, string Text);

/// <summary>Whether each fragment was one TCP segment.</summary>
public enum SegmentProof
{
    /// <summary>The kernel's count of data segments is at least the number of fragments.</summary>
    Proved,

    /// <summary>The kernel sent fewer segments than fragments: the case did not test what it says. An error of ours.</summary>
    Merged,

    /// <summary>The platform does not tell, or the connection was gone first.</summary>
    Unproved,
}

/// <summary>One exchange: what was sent, what was received, how each stream ended, with times.</summary>
public sealed record Transcript
{
    /// <summary><see cref="ConnectError"/> where nobody listens.</summary>
    public const string Refused = "connection refused";

    /// <summary>When the exchange began, or null where that is not known (a baseline). All other times count from here.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What the client did.</summary>
    public required IReadOnlyList<TranscriptEvent> Events { get; init; }

    /// <summary>The primary connection.</summary>
    public required StreamTranscript Primary { get; init; }

    /// <summary>The auxiliary connection.</summary>
    public required StreamTranscript Aux { get; init; }

    /// <summary>The end of the last step, since the exchange began.</summary>
    public required TimeSpan StepsDoneAt { get; init; }

    /// <summary>Steps that waited for something that did not come, in words.</summary>
    public required IReadOnlyList<string> UnmetAwaits { get; init; }

    /// <summary>Why the primary connection could not be made, or null.</summary>
    public string? ConnectError { get; init; }

    /// <summary>Fragments sent on the primary connection.</summary>
    public int Fragments { get; init; }

    /// <summary>Data segments that the kernel counted on the primary connection; -1 if it does not tell.</summary>
    public int Segments { get; init; } = -1;

    /// <summary>Whether each fragment was a segment of its own.</summary>
    public SegmentProof SegmentProof { get; init; } = SegmentProof.Unproved;

    /// <summary>How long the exchange took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>A stream by name.</summary>
    public StreamTranscript Stream(StreamName name) => name == StreamName.Primary ? Primary : Aux;
}
