using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing;

/// <summary>What one stream brought.</summary>
/// <param name="Connected">Whether there was a connection at all.</param>
/// <param name="Bytes">All that the server sent on it.</param>
/// <param name="End">How the server ended it; <see cref="StreamEnd.Open"/> where it had not when the client gave up waiting.</param>
public sealed record OutcomeStream(bool Connected, byte[] Bytes, StreamEnd End)
{
    /// <summary>No connection.</summary>
    public static OutcomeStream None { get; } = new(false, [], StreamEnd.Open);

    /// <summary>When it ended, counted from the connection; virtual time in memory. Null where it did not, or where that is not known.</summary>
    public TimeSpan? EndedAt { get; init; }
}

/// <summary>What a server did with a case.</summary>
public sealed record FuzzOutcome
{
    /// <summary>The connection that the client made.</summary>
    public required OutcomeStream Primary { get; init; }

    /// <summary>The connection that the server made.</summary>
    public required OutcomeStream Aux { get; init; }

    /// <summary>The port that the client listened on, as it stood in the request; 0 if there was none.</summary>
    public int AuxPort { get; init; }

    /// <summary>How many bytes the client had sent on the primary connection when the first byte of an answer came, on either stream; null if none came or it can't be told.</summary>
    public int? AnsweredAfter { get; init; }

    /// <summary>Null, or one line on what is wrong beyond the bytes: the server has gone, it did not accept, a session never ended, a process or descriptor was left.</summary>
    public string? Trouble { get; init; }

    /// <summary>How long it took; virtual time in memory.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The whole exchange with its times, where sockets were used.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>What the companions of the case got, in their order.</summary>
    public IReadOnlyList<FuzzOutcome> Companions { get; init; } = [];
}
